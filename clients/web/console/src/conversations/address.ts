import { useLocation, useSearchParams } from "react-router";

// The address names the conversation that is open over its page.
const parameter = "conversation";

export function useOpenConversation() {
  const [search, setSearch] = useSearchParams();
  const close = () =>
    setSearch(
      (now) => {
        now.delete(parameter);
        return now;
      },
      { replace: true },
    );
  return { conversationId: search.get(parameter), close };
}

// The present address with this conversation open.
export function useSearchWith(conversationId: string): string {
  const search = new URLSearchParams(useLocation().search);
  search.set(parameter, conversationId);
  return search.toString();
}
