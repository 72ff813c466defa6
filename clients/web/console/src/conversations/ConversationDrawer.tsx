import type { Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import type { Conversation } from "@redress/contract/redress/desk/v1/conversation_service_pb";
import { useQuery } from "@tanstack/react-query";
import { Alert, Drawer } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { customerQuery } from "../customer/queries";
import { useWork } from "../session/work";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useOpenConversation } from "./address";
import { MessageList } from "./MessageList";
import { useConversation, type ConversationRead } from "./queries";

// What a buyer and the shop said to each other, over whatever page it was asked for on.
export function ConversationDrawer() {
  const { t } = useWords();
  const { conversationId, close } = useOpenConversation();
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (conversationId === null && shown.current !== null) focusLinkTo(shown.current);
    shown.current = conversationId;
  }, [conversationId]);
  return (
    <Drawer
      open={conversationId !== null}
      title={t("conversation.title")}
      size={620}
      destroyOnHidden
      onClose={close}
    >
      {conversationId !== null && (
        <ConversationView key={conversationId} conversationId={conversationId} />
      )}
    </Drawer>
  );
}

// Where it was asked for. The drawer gives the focus back only once it has moved out of sight, which
// a browser may never tell it.
function focusLinkTo(conversationId: string) {
  document
    .querySelector<HTMLElement>(`a[href*="conversation=${conversationId}"]`)
    ?.focus({ preventScroll: true });
}

function ConversationView({ conversationId }: { conversationId: string }) {
  const read = useConversation(conversationId);
  return (
    <Loaded of={read} rows={10}>
      {(data) => (
        <>
          <Told of={data} />
          <More of={read} />
        </>
      )}
    </Loaded>
  );
}

function Told({ of: { conversation, messages } }: { of: ConversationRead }) {
  const { t } = useWords();
  const buyer = useBuyer(conversation.customerId);
  const unread = useUnread(buyer);
  const all = conversation.customerMessages + conversation.shopMessages;
  return (
    <>
      <ConversationFacts of={conversation} nick={buyer?.nick} />
      {unread.why && <Alert type="info" showIcon role="status" title={t(unread.why)} />}
      <p className="quiet">{t("conversation.shown", { count: messages.length, all })}</p>
      {messages.length === 0 ? (
        <Nothing what={t("conversation.noMessages")} />
      ) : (
        <MessageList of={messages} nick={buyer?.nick} unreadable={t(unread.instead)} />
      )}
    </>
  );
}

// Why texts are not there, as far as it is known, and what stands in their place.
function useUnread(buyer: Customer | undefined) {
  const { can } = useWork();
  if (!can("ROLE_AGENT", "ROLE_SUPERVISOR")) {
    return { why: "conversation.notYours", instead: "conversation.unseen" } as const;
  }
  if (buyer?.eraseTime) {
    return { why: "conversation.erased", instead: "conversation.gone" } as const;
  }
  return { why: undefined, instead: "conversation.noText" } as const;
}

// Who it was held with; undefined where the source names nobody, and until it is read.
function useBuyer(customerId: string) {
  const read = useQuery({ ...customerQuery(useWork(), customerId), enabled: customerId !== "" });
  return read.data;
}

interface FactsProps {
  of: Conversation;
  nick: string | undefined;
}

function ConversationFacts({ of, nick }: FactsProps) {
  const { t, name } = useWords();
  const memberName = useMemberName();
  return (
    <Facts
      of={[
        {
          label: t("conversation.buyer"),
          value: of.customerId ? (
            <Link to={`/customers/${of.customerId}`}>{nick ?? t("customer.title")}</Link>
          ) : (
            t("conversation.noBuyer")
          ),
        },
        { label: t("conversation.channel"), value: name("conversationChannel", of.channel) },
        { label: t("conversation.started"), value: <TimeText of={of.startTime} /> },
        { label: t("conversation.last"), value: <TimeText of={of.lastMessageTime} /> },
        of.agentId && { label: t("conversation.agent"), value: memberName(of.agentId) },
        {
          label: t("conversation.source"),
          value: (
            <span className="number">
              {of.source} {of.sourceNumber}
            </span>
          ),
          wide: true,
        },
      ]}
    />
  );
}
