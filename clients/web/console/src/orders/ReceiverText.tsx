import type { Receiver } from "@redress/contract/redress/order/v1/order_pb";
import { Button } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { ReasonForm } from "../shared/form/ReasonForm";
import { useWords } from "../shared/words";
import { receiverText } from "./OrderChanges";

interface TextProps {
  orderId: string;
  masked: Receiver | undefined;
  mayReveal: boolean;
}

// Masked; in clear after a recorded reveal, until hidden again, changed, or the order is left.
export function ReceiverText({ orderId, masked, mayReveal }: TextProps) {
  const { t } = useWords();
  const [clear, setClear] = useState<Receiver>();
  const [asks, setAsks] = useState(false);
  const isKnown = [masked?.name, masked?.phone, masked?.address].some(Boolean);
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
      {isKnown && mayReveal && !clear && !asks && (
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
