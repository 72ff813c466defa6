import type { Conversation } from "@redress/contract/redress/desk/v1/conversation_service_pb";
import { Table, type TableColumnsType } from "antd";
import { useMemberName } from "../case/queries";
import { BuyerLink } from "../customer/BuyerLink";
import { CustomerTabs } from "../customers/CustomerTabs";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { ConversationLink } from "./ConversationLink";
import { useConversations } from "./queries";

// What buyers and the shop said to each other, also with whom the source does not name.
export function Component() {
  const { t } = useWords();
  const read = useConversations("", 50);
  return (
    <div className="page">
      <CustomerTabs />
      <header className="page-title">
        <h1>{t("conversation.listTitle")}</h1>
      </header>
      <p className="quiet">{t("conversation.hint")}</p>
      <Loaded of={read} rows={12}>
        {(conversations) =>
          conversations.length === 0 ? (
            <Nothing what={t("conversation.none")} hint={t("conversation.noneHint")} />
          ) : (
            <ConversationTable of={conversations} />
          )
        }
      </Loaded>
      <More of={read} />
    </div>
  );
}

function ConversationTable({ of }: { of: Conversation[] }) {
  const { t, name } = useWords();
  const memberName = useMemberName();
  const columns: TableColumnsType<Conversation> = [
    {
      title: t("conversation.last"),
      render: (_, one) => (
        <ConversationLink conversationId={one.conversationId}>
          <TimeText of={one.lastMessageTime} />
        </ConversationLink>
      ),
    },
    {
      title: t("conversation.channel"),
      render: (_, one) => name("conversationChannel", one.channel),
    },
    {
      title: t("conversation.buyer"),
      render: (_, one) => <BuyerLink customerId={one.customerId} />,
    },
    {
      title: t("conversation.agent"),
      render: (_, one) => one.agentId && memberName(one.agentId),
    },
    { title: t("conversation.ofCustomer"), align: "right", dataIndex: "customerMessages" },
    { title: t("conversation.ofShop"), align: "right", dataIndex: "shopMessages" },
    { title: t("conversation.started"), render: (_, one) => <TimeText of={one.startTime} /> },
  ];
  return (
    <Table
      rowKey="conversationId"
      size="small"
      columns={columns}
      dataSource={of}
      pagination={false}
    />
  );
}
