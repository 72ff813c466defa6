import type { Order, OrderLine } from "@redress/contract/redress/order/v1/order_pb";
import { Button, Table, type TableColumnsType } from "antd";
import { ProductLink } from "../products/ProductLink";
import { useWork } from "../session/work";
import { MoneyText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { statusName } from "./status";

interface Props {
  of: Order;
  onRefund: (line: OrderLine) => void;
}

// What was bought, each with its own state.
export function LineTable({ of, onRefund }: Props) {
  const words = useWords();
  const { can } = useWork();
  const columns = columnsIn(words, of);
  if (can("ROLE_AGENT", "ROLE_SUPERVISOR")) columns.push(refundColumn(words, onRefund));
  return (
    <Table
      rowKey="lineId"
      size="small"
      columns={columns}
      dataSource={of.lines}
      pagination={of.lines.length > 50 && { pageSize: 50, showSizeChanger: false }}
    />
  );
}

function columnsIn({ t, name }: Say, of: Order): TableColumnsType<OrderLine> {
  return [
    {
      title: t("order.sku"),
      className: "number",
      render: (_, { sku }) => <ProductLink code={sku}>{sku}</ProductLink>,
    },
    {
      title: t("order.what"),
      render: (_, line) => (
        <>
          {line.postage ? t("order.postage") : line.title}
          {(line.properties || line.category) && (
            <div className="quiet">
              {[line.category, line.properties].filter(Boolean).join(" · ")}
            </div>
          )}
        </>
      ),
    },
    {
      title: t("order.status"),
      render: (_, line) => (
        <>
          {name("orderStatus", statusName(line.status || of.status))}
          {line.refundStatus && line.refundStatus !== "NO_REFUND" && (
            <div className="needs-person">{name("lineRefundStatus", line.refundStatus)}</div>
          )}
          {line.trackingNumber && <div className="quiet number">{line.trackingNumber}</div>}
        </>
      ),
    },
    { title: t("order.quantity"), dataIndex: "quantity", align: "right" },
    { title: t("order.unitPrice"), dataIndex: "unitPrice", align: "right", className: "number" },
    { title: t("order.paid"), align: "right", render: (_, line) => <MoneyText of={line.paid} /> },
    {
      title: t("order.ceiling"),
      align: "right",
      render: (_, line) => <MoneyText of={line.refundCeiling} />,
    },
  ];
}

function refundColumn({ t }: Say, onRefund: Props["onRefund"]): TableColumnsType<OrderLine>[0] {
  return {
    title: "",
    align: "right",
    render: (_, line) => {
      const isEmpty = (line.refundCeiling?.minorUnits ?? 0n) <= 0n;
      return (
        <Button
          size="small"
          disabled={isEmpty}
          title={isEmpty ? t("order.cannotRefund") : undefined}
          onClick={() => onRefund(line)}
        >
          {t("order.newRefund")}
        </Button>
      );
    },
  };
}
