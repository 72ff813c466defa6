import type { Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";

export interface Listed {
  customer: Customer;
  // What matched, in words, and what a note says around it.
  matched?: string;
  excerpt?: string;
}

export function CustomerTable({ of }: { of: Listed[] }) {
  const words = useWords();
  return (
    <Table
      rowKey={({ customer }) => customer.customerId}
      size="small"
      columns={columnsIn(
        words,
        of.some((one) => one.matched),
      )}
      dataSource={of}
      pagination={false}
    />
  );
}

function columnsIn({ t }: Say, withMatch: boolean): TableColumnsType<Listed> {
  return [
    {
      title: t("customer.nick"),
      render: (_, { customer }) => (
        <Link to={`/customers/${customer.customerId}`}>{customer.nick}</Link>
      ),
    },
    {
      title: t("customer.platform"),
      width: 120,
      dataIndex: ["customer", "platform"],
    },
    { title: t("customer.name"), render: (_, { customer }) => customer.maskedContact?.name },
    {
      title: t("customer.phone"),
      className: "number",
      render: (_, { customer }) => customer.maskedContact?.phone,
    },
    ...(withMatch
      ? [
          {
            title: t("search.matched"),
            render: (_: unknown, one: Listed) => (
              <>
                {one.matched}
                {one.excerpt && <div className="quiet">{one.excerpt}</div>}
              </>
            ),
          },
        ]
      : []),
    {
      title: t("customer.since"),
      width: 170,
      render: (_, { customer }) => <TimeText of={customer.createTime} />,
    },
  ];
}
