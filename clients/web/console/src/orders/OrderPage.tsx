import type { Order, OrderLine } from "@redress/contract/redress/order/v1/order_pb";
import { useQuery } from "@tanstack/react-query";
import { OrderStatus } from "@redress/contract/redress/order/v1/order_pb";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { orderQuery } from "../case/queries";
import { CaseLinks } from "../customer/CaseLinks";
import { CustomerPane } from "../customer/CustomerPane";
import { casesOfOrderQuery } from "../customer/queries";
import { useWork } from "../session/work";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { DisputeForm } from "./DisputeForm";
import { LineTable } from "./LineTable";
import { MemoPane } from "./memo/MemoPane";
import { stageOf } from "./memo/stage";
import { OrderChanges } from "./OrderChanges";
import { Parcels } from "./Parcels";
import { PriceForm } from "./PriceForm";
import { ReceiverPane } from "./ReceiverPane";
import { RefundForm } from "./RefundForm";
import { ReviewForm } from "./ReviewForm";
import { statusName } from "./status";

// One order: what was bought, where it went, the refunds on its lines, and who bought it.
export function Component() {
  const { t } = useWords();
  const { orderId = "" } = useParams();
  const read = useQuery(orderQuery(useWork(), orderId));
  return (
    <div className="order-desk">
      <div className="page">
        <Link to="/orders">← {t("order.back")}</Link>
        <Loaded of={read} rows={10}>
          {(order) => <OrderView key={order.orderId} of={order} />}
        </Loaded>
      </div>
      {read.data && (
        <section className="pane" aria-label={t("customer.title")}>
          <CustomerPane customerId={read.data.customerId} />
        </section>
      )}
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
  const [isPricing, setPricing] = useState(false);
  return (
    <>
      <header className="page-title">
        <h1 className="number">{of.orderNumber}</h1>
        <span className="grow" />
        {mayOpen && of.status === OrderStatus.WAIT_BUYER_PAY && (
          <Button onClick={() => setPricing(true)}>{t("orderChange.changePrice")}</Button>
        )}
        {mayOpen && <Button onClick={() => setReviewing(true)}>{t("review.open")}</Button>}
        {mayOpen && <Button onClick={() => setDisputing(true)}>{t("dispute.open")}</Button>}
      </header>
      <Facts
        of={[
          { label: t("order.status"), value: name("orderStatus", statusName(of.status)) },
          { label: t("order.platform"), value: of.platform },
          { label: t("order.paid"), value: <MoneyText of={of.paid} /> },
          { label: t("order.placed"), value: <TimeText of={of.orderTime} /> },
        ]}
      />
      <h2>{t("order.lines")}</h2>
      <LineTable of={of} onRefund={setLine} />
      <div className="order-columns">
        <div>
          <h2>{t("memo.title")}</h2>
          <MemoPane orderId={of.orderId} stage={stageOf(of)} />
          <h2>{t("order.receiver")}</h2>
          <ReceiverPane order={of} />
          <h2>{t("order.cases")}</h2>
          <Loaded of={cases}>{(read) => <CaseLinks of={read} />}</Loaded>
        </div>
        <div>
          <h2>{t("order.shipments")}</h2>
          <Parcels of={of} />
          <h2>{t("orderChange.title")}</h2>
          <OrderChanges of={of} />
        </div>
      </div>
      <Drawer
        open={isPricing}
        title={t("orderChange.changePrice")}
        size={440}
        destroyOnHidden
        onClose={() => setPricing(false)}
      >
        <PriceForm order={of} onDone={() => setPricing(false)} />
      </Drawer>
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
