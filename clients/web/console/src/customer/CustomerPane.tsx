import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useQuery } from "@tanstack/react-query";
import { Tabs } from "antd";
import { useWork } from "../session/work";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { ContactFacts } from "./ContactFacts";
import { CustomerCases } from "./CustomerCases";
import { CustomerOrders } from "./CustomerOrders";
import { customerOrdersQuery, customerQuery } from "./queries";

// Who the case is for: contact, orders, other cases.
export function CustomerPane({ of }: { of: Case }) {
  const { t } = useWords();
  const work = useWork();
  const customer = useQuery({ ...customerQuery(work, of.customerId), enabled: !!of.customerId });
  const orders = useQuery({
    ...customerOrdersQuery(work, of.customerId),
    enabled: !!of.customerId,
  });
  if (!of.customerId) return <Nothing what={t("customer.none")} />;
  return (
    <>
      <header className="pane-title">
        <h2>{t("customer.title")}</h2>
      </header>
      <div className="scroll">
        <Loaded of={customer} rows={4}>
          {(read) => (
            <>
              <Facts
                of={[
                  { label: t("customer.nick"), value: <strong>{read.nick}</strong> },
                  { label: t("customer.platform"), value: read.platform },
                  {
                    label: t("customer.since"),
                    value: <TimeText of={read.createTime} />,
                    wide: true,
                  },
                ]}
              />
              <ContactFacts key={read.customerId} of={read} />
            </>
          )}
        </Loaded>
        <Tabs
          size="small"
          className="case-tabs"
          items={[
            {
              key: "orders",
              label: t("customer.orders"),
              children: (
                <Loaded of={orders}>
                  {(read) => <CustomerOrders of={read} present={of.orderId} />}
                </Loaded>
              ),
            },
            {
              key: "cases",
              label: t("customer.cases"),
              children: (
                <Loaded of={orders}>
                  {(read) => <CustomerCases orders={read} but={of.caseId} />}
                </Loaded>
              ),
            },
          ]}
        />
      </div>
    </>
  );
}
