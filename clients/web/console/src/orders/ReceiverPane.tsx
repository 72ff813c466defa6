import type { Order, Receiver } from "@redress/contract/redress/order/v1/order_pb";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Drawer } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { ReasonForm } from "../shared/form/ReasonForm";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { AddressForm, Problems } from "./AddressForm";
import { receiverText } from "./OrderChanges";

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
      />
      {order.receiverChangeTime && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t("orderChange.warehouseTold")} <TimeText of={order.receiverChangeTime} />
            </>
          }
        />
      )}
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

interface TextProps {
  orderId: string;
  masked: Receiver | undefined;
}

// Masked; in clear after a recorded reveal, until hidden again, changed, or the order is left.
function ReceiverText({ orderId, masked }: TextProps) {
  const { t } = useWords();
  const { can } = useWork();
  const [clear, setClear] = useState<Receiver>();
  const [asks, setAsks] = useState(false);
  const isKnown = [masked?.name, masked?.phone, masked?.address].some(Boolean);
  const mayReveal = isKnown && can("ROLE_AGENT", "ROLE_SUPERVISOR");
  return (
    <>
      <div>{receiverText(clear ?? masked)}</div>
      {clear && (
        <p className="quiet" role="status">
          {t("customer.revealed")}{" "}
          <Button type="link" size="small" onClick={() => setClear(undefined)}>
            {t("customer.hide")}
          </Button>
        </p>
      )}
      {mayReveal && !clear && !asks && (
        <div className="form-buttons">
          <Button size="small" onClick={() => setAsks(true)}>
            {t("customer.reveal")}
          </Button>
        </div>
      )}
      {asks && (
        <RevealForm
          orderId={orderId}
          onRevealed={(receiver) => {
            setClear(receiver);
            setAsks(false);
          }}
          onCancel={() => setAsks(false)}
        />
      )}
    </>
  );
}

interface RevealProps {
  orderId: string;
  onRevealed: (receiver: Receiver | undefined) => void;
  onCancel: () => void;
}

function RevealForm({ orderId, onRevealed, onCancel }: RevealProps) {
  const { t } = useWords();
  const { api } = useWork();
  const reveal = useChanging(
    (asked: { orderId: string; reason: string }, requestId) =>
      api.receivers.revealReceiver({ requestId, ...asked }),
    ["reveals"],
    ({ receiver }) => onRevealed(receiver),
  );
  return (
    <ReasonForm
      label={t("customer.revealReason")}
      hint={t("customer.revealHint")}
      submitText={t("customer.reveal")}
      isBusy={reveal.isPending}
      error={reveal.error}
      onSubmit={(reason) => reveal.mutate({ orderId, reason })}
      onCancel={onCancel}
    />
  );
}
