import {
  ChangeKindSchema,
  type OrderChange,
} from "@redress/contract/redress/order/v1/change_service_pb";
import type { Order, Receiver } from "@redress/contract/redress/order/v1/order_pb";
import { useMemberName } from "../case/queries";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { useOrderChanges } from "./deskQueries";

// Who changed what of the order, when and why.
export function OrderChanges({ of }: { of: Order }) {
  const { t } = useWords();
  const read = useOrderChanges(of.orderId);
  return (
    <>
      <Loaded of={read}>
        {(changes) =>
          changes.length === 0 ? (
            <Nothing what={t("orderChange.none")} />
          ) : (
            <ol className="history">
              {changes.map((change) => (
                <li key={change.changeNumber} className="step">
                  <Change of={change} order={of} />
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
      <More of={read} />
    </>
  );
}

function Change({ of, order }: { of: OrderChange; order: Order }) {
  const { t, name } = useWords();
  const memberName = useMemberName();
  return (
    <>
      <div className="step-head">
        <strong>{name("changeKind", enumName(ChangeKindSchema, of.kind))}</strong>
        <span>{of.accountId ? memberName(of.accountId) : t("memo.platform")}</span>
        <TimeText of={of.changeTime} />
      </div>
      {of.erased ? (
        <span className="quiet">{t("parcel.erased")}</span>
      ) : (
        <>
          {of.reason && <div className="words">{of.reason}</div>}
          {(of.maskedReceiverBefore ?? of.maskedReceiverAfter) && (
            <div>
              {receiverText(of.maskedReceiverBefore)} → {receiverText(of.maskedReceiverAfter)}
            </div>
          )}
          {of.prices.map((price) => (
            <div key={price.lineId}>
              {order.lines.find((line) => line.lineId === price.lineId)?.title ||
                t("order.postage")}
              : <MoneyText of={price.before} /> → <MoneyText of={price.after} />
            </div>
          ))}
          {of.memoAfter && <div className="words">{of.memoAfter}</div>}
        </>
      )}
    </>
  );
}

export function receiverText(of: Receiver | undefined): string {
  return [of?.name, of?.phone, of?.address].filter(Boolean).join(" ") || "—";
}
