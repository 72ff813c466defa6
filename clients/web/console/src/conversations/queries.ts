import { useInfiniteQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { usePages } from "../shared/api/usePages";

const messagesInPage = 100;

export function useMayReadConversations(): boolean {
  return useWork().can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR");
}

// Those with the latest message first: of one customer, or of the whole shop.
export function useConversations(customerId: string, pageSize: number) {
  const { api } = useWork();
  return usePages(
    ["conversations", customerId, pageSize],
    (pageToken, signal) =>
      api.conversations.listConversations({ customerId, pageToken, pageSize }, { signal }),
    (page) => page.conversations,
  );
}

// A conversation and its messages from the first on, as far as they were asked for.
export function useConversation(conversationId: string) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "conversation", conversationId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.conversations.getConversation(
        { conversationId, pageSize: messagesInPage, pageToken: pageParam },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: ({ pages }) => {
      const conversation = pages.at(-1)?.conversation;
      if (!conversation) throw new Error("the answer has no conversation");
      return { conversation, messages: pages.flatMap((page) => page.messages) };
    },
  });
}

export type ConversationRead = NonNullable<ReturnType<typeof useConversation>["data"]>;
