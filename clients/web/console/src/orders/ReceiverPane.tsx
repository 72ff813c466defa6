import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { useMutation } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { AddressForm, Problems } from "./AddressForm";
import { ReceiverText } from "./ReceiverText";
import { WarehouseKnows } from "./WarehouseKnows";

// Who receives the order: checked, changed while nothing has left, and what the warehouse knows.
export function ReceiverPane({ order }: { order: Order }) {
  const { t } = useWords();
  const { api, can } = useWork();
  const [isChanging, setIsChanging] = useState(false);
  const mayChange = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  const check = useMutation({
    mutationFn: () =>
      api.changes.checkAddress({ subject: { case: "orderId", value: order.orderId } }),
  });
  const changed = () => {
    setIsChanging(false);
    check.reset();
  };
  return (
    <section aria-label={t("order.receiver")} className="receiver">
      <ReceiverText
        key={order.receiverVersion}
        orderId={order.orderId}
        masked={order.maskedReceiver}
        mayReveal={mayChange}
      />
      {order.receiverVersion > 0 && <WarehouseKnows order={order} />}
      {mayChange && (
        <div className="form-buttons">
          <Button size="small" loading={check.isPending} onClick={() => check.mutate()}>
            {t("orderChange.check")}
          </Button>
          <Button
            size="small"
            disabled={order.shipments.length > 0}
            title={order.shipments.length > 0 ? t("refusal.ORDER_SHIPPED") : undefined}
            onClick={() => setIsChanging(true)}
          >
            {t("orderChange.changeAddress")}
          </Button>
        </div>
      )}
      {check.error && <ErrorNotice error={check.error} />}
      {check.data && <Problems of={check.data.problems} />}
      <Drawer
        open={isChanging}
        title={t("orderChange.changeAddress")}
        size={440}
        destroyOnHidden
        onClose={() => setIsChanging(false)}
      >
        <AddressForm order={order} onDone={changed} />
      </Drawer>
    </section>
  );
}
