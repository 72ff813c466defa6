import type { Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { BulkTagBar, useMayTag } from "../tags/BulkTagBar";
import { useSelection } from "../tags/selection";

export interface Listed {
  customer: Customer;
  // What matched, in words, and what a note says around it.
  matched?: string;
  excerpt?: string;
}

// The people can be ticked, to be tagged together, by whoever may tag.
export function CustomerTable({ of }: { of: Listed[] }) {
  const words = useWords();
  const mayTag = useMayTag();
  const selection = useSelection(of.map(({ customer }) => customer));
  return (
    <>
      {mayTag && <BulkTagBar selection={selection} />}
      <Table
        rowKey={({ customer }) => customer.customerId}
        size="small"
        columns={columnsIn(
          words,
          of.some((one) => one.matched),
        )}
        dataSource={of}
        pagination={false}
        {...(mayTag && { rowSelection: selection.rowSelection })}
      />
    </>
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
