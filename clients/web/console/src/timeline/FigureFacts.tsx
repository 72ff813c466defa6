import type { PersonFigures } from "@redress/contract/redress/customer/v1/figures_pb";
import { Table, type TableColumnsType } from "antd";
import { Facts } from "../shared/ui/Facts";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { WhyFigure, type Explained } from "./WhyFigure";

// What is known of the person by number and date.
export function FigureFacts({ of }: { of: PersonFigures }) {
  const { t } = useWords();
  const share = (of.refundShareThousandths / 10).toFixed(1);
  const facts: [string, number | string, Explained?][] = [
    ["orders", t("person.paidOf", { paid: of.paidOrders, all: of.orders })],
    ["refunds", `${of.refunds} (${share}%)`, "refunds"],
    ["cases", t("person.openOf", { open: of.openCases, all: of.cases })],
    ["disputes", t("person.lostOf", { lost: of.lostDisputes, all: of.disputes })],
    ["reviews", t("person.badOf", { bad: of.badReviews, all: of.reviews }), "reviews"],
    ["maliciousReviews", of.maliciousReviews],
    ["revisedReviews", of.revisedReviews],
    ["conversations", of.conversations],
  ];
  return (
    <Facts
      of={[
        ...facts.map(([key, value, explained]) => ({
          label: t(`person.${key}`),
          value: (
            <>
              <span className="number">{value}</span>
              {explained && <WhyFigure figure={explained} of={of} />}
            </>
          ),
        })),
        { label: t("person.firstOrder"), value: <TimeText of={of.firstOrderTime} /> },
        { label: t("person.lastOrder"), value: <TimeText of={of.lastOrderTime} /> },
        { label: t("person.lastContact"), value: <TimeText of={of.lastContactTime} /> },
      ]}
    />
  );
}

type Money = PersonFigures["money"][number];

// By currency: amounts of different ones are never added up.
export function MoneyTable({ of }: { of: PersonFigures }) {
  const { t } = useWords();
  const { money } = of;
  const amount = (key: "paidMinor" | "refundedMinor" | "lifetimeMinor" | "averageMinor") => ({
    title: t(`person.${key}`),
    align: "right" as const,
    render: (_: unknown, one: Money) => (
      <MoneyText of={{ currencyCode: one.currencyCode, minorUnits: one[key] }} />
    ),
  });
  const columns: TableColumnsType<Money> = [
    { title: t("person.currency"), dataIndex: "currencyCode" },
    amount("paidMinor"),
    amount("refundedMinor"),
    {
      ...amount("lifetimeMinor"),
      title: (
        <>
          {t("person.lifetimeMinor")}
          <WhyFigure figure="lifetime" of={of} />
        </>
      ),
    },
    amount("averageMinor"),
  ];
  if (money.length === 0) return null;
  return (
    <Table
      rowKey="currencyCode"
      size="small"
      scroll={{ x: "max-content" }}
      columns={columns}
      dataSource={money}
      pagination={false}
    />
  );
}
