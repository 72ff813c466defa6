import type { Order, OrderLine } from "@redress/contract/redress/order/v1/order_pb";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { orderQuery } from "../case/queries";
import { CaseLinks } from "../customer/CaseLinks";
import { casesOfOrderQuery } from "../customer/queries";
import { useWork } from "../session/work";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { DisputeForm } from "./DisputeForm";
import { RefundForm } from "./RefundForm";
import { ReviewForm } from "./ReviewForm";
import { statusName } from "./status";

// One order: what was bought, where it went, and the refunds on its lines.
export function Component() {
  const { t } = useWords();
  const { orderId = "" } = useParams();
  const read = useQuery(orderQuery(useWork(), orderId));
  return (
    <div className="page">
      <Link to="/orders">← {t("order.back")}</Link>
      <Loaded of={read} rows={10}>
        {(order) => <OrderView key={order.orderId} of={order} />}
      </Loaded>
    </div>
  );
}

function OrderView({ of }: { of: Order }) {
  const { t, name } = useWords();
  const work = useWork();
  const cases = useQuery(casesOfOrderQuery(work, of.orderId));
  const [line, setLine] = useState<OrderLine>();
  const [isDisputing, setDisputing] = useState(false);
  const [isReviewing, setReviewing] = useState(false);
  const mayOpen = work.can("ROLE_AGENT", "ROLE_SUPERVISOR");
  const receiver = of.maskedReceiver;
  return (
    <>
      <header className="page-title">
        <h1 className="number">{of.orderNumber}</h1>
        <span className="grow" />
        {mayOpen && <Button onClick={() => setReviewing(true)}>{t("review.open")}</Button>}
        {mayOpen && <Button onClick={() => setDisputing(true)}>{t("dispute.open")}</Button>}
      </header>
      <Facts
        of={[
          { label: t("order.status"), value: name("orderStatus", statusName(of.status)) },
          { label: t("order.platform"), value: of.platform },
          { label: t("order.paid"), value: <MoneyText of={of.paid} /> },
          { label: t("order.placed"), value: <TimeText of={of.orderTime} /> },
          receiver?.name && {
            label: t("order.receiver"),
            value: [receiver.name, receiver.phone, receiver.address].filter(Boolean).join(" "),
            wide: true,
          },
          of.shipments.length > 0 && {
            label: t("order.shipments"),
            value: of.shipments.map((one) => `${one.carrier} ${one.trackingNumber}`).join("; "),
            wide: true,
          },
        ]}
      />
      <h2>{t("order.lines")}</h2>
      <LineTable of={of} onRefund={setLine} />
      <h2>{t("order.cases")}</h2>
      <Loaded of={cases}>{(read) => <CaseLinks of={read} />}</Loaded>
      <Drawer
        open={line !== undefined}
        title={t("order.newRefund")}
        size={440}
        destroyOnHidden
        onClose={() => setLine(undefined)}
      >
        {line && <RefundForm order={of} line={line} onCancel={() => setLine(undefined)} />}
      </Drawer>
      <Drawer
        open={isDisputing}
        title={t("dispute.open")}
        size={440}
        destroyOnHidden
        onClose={() => setDisputing(false)}
      >
        <DisputeForm order={of} onCancel={() => setDisputing(false)} />
      </Drawer>
      <Drawer
        open={isReviewing}
        title={t("review.open")}
        size={440}
        destroyOnHidden
        onClose={() => setReviewing(false)}
      >
        <ReviewForm order={of} onCancel={() => setReviewing(false)} />
      </Drawer>
    </>
  );
}

function LineTable(props: { of: Order; onRefund: (line: OrderLine) => void }) {
  const { t } = useWords();
  const { can } = useWork();
  const mayOpen = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  const columns: TableColumnsType<OrderLine> = [
    { title: t("order.sku"), dataIndex: "sku", className: "number" },
    {
      title: t("order.what"),
      render: (_, line) => (line.postage ? t("order.postage") : line.title),
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
  if (mayOpen) {
    columns.push({
      title: "",
      align: "right",
      render: (_, line) => {
        const isEmpty = (line.refundCeiling?.minorUnits ?? 0n) <= 0n;
        return (
          <Button
            size="small"
            disabled={isEmpty}
            title={isEmpty ? t("order.cannotRefund") : undefined}
            onClick={() => props.onRefund(line)}
          >
            {t("order.newRefund")}
          </Button>
        );
      },
    });
  }
  return (
    <Table
      rowKey="lineId"
      size="small"
      columns={columns}
      dataSource={props.of.lines}
      pagination={props.of.lines.length > 50 && { pageSize: 50, showSizeChanger: false }}
    />
  );
}
