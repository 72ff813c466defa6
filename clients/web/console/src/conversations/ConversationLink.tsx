import type { ReactNode } from "react";
import { Link } from "react-router";
import { useSearchWith } from "./address";
import { useMayReadConversations } from "./queries";

interface Props {
  conversationId: string;
  children: ReactNode;
}

// Opens a conversation over the page that one is on, for those who may read it.
export function ConversationLink({ conversationId, children }: Props) {
  const search = useSearchWith(conversationId);
  if (!useMayReadConversations()) return <span>{children}</span>;
  return <Link to={{ search }}>{children}</Link>;
}
