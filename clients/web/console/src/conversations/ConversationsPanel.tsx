import type { Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { Select } from "antd";
import { useState } from "react";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { ConversationLink } from "./ConversationLink";
import { useConversations, useMayReadConversations } from "./queries";

interface Props {
  // All that are known to be the person; the first is shown until another is asked for.
  of: Customer[];
}

// A person's conversations, under one of their nicks at a time.
export function ConversationsPanel({ of }: Props) {
  const { t } = useWords();
  const [asked, setAsked] = useState<string>();
  const mayRead = useMayReadConversations();
  const chosen = of.find((one) => one.customerId === asked) ?? of[0];
  if (!mayRead || !chosen) return null;
  return (
    <section aria-label={t("conversation.listTitle")}>
      <div className="queue-line">
        <h2 className="grow">{t("conversation.listTitle")}</h2>
        {of.length > 1 && (
          <Select
            size="small"
            aria-label={t("conversation.ofNick")}
            value={chosen.customerId}
            onChange={setAsked}
            options={of.map((one) => ({ value: one.customerId, label: one.nick }))}
          />
        )}
      </div>
      <ConversationsOf key={chosen.customerId} customerId={chosen.customerId} />
    </section>
  );
}

function ConversationsOf({ customerId }: { customerId: string }) {
  const { t, name } = useWords();
  const read = useConversations(customerId, 10);
  return (
    <>
      <Loaded of={read} rows={2}>
        {(conversations) =>
          conversations.length === 0 ? (
            <p className="quiet">{t("conversation.none")}</p>
          ) : (
            <ul className="mini-list">
              {conversations.map((one) => (
                <li key={one.conversationId}>
                  <ConversationLink conversationId={one.conversationId}>
                    <TimeText of={one.lastMessageTime} />
                  </ConversationLink>{" "}
                  <span className="quiet">
                    {name("conversationChannel", one.channel)} ·{" "}
                    {t("timeline.messages", {
                      customer: one.customerMessages,
                      shop: one.shopMessages,
                    })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <More of={read} />
    </>
  );
}
