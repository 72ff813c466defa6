import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { AddressChange } from "@redress/contract/redress/order/v1/change_service_pb";
import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { Alert } from "antd";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useAddressChangesOf } from "./deskQueries";
import { isShipped, isToBeShipped } from "./status";

// Who looks after orders, and may read what the warehouse has said of them.
const readers = ["ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_WAREHOUSE", "ROLE_ADMIN", "ROLE_AUDITOR"];

// Whether the warehouse knows of the receiver that the order has now.
export function WarehouseKnows({ order }: { order: Order }) {
  const { can } = useWork();
  return can(...readers) ? <LastChange of={order} /> : null;
}

function LastChange({ of: order }: { of: Order }) {
  const { t } = useWords();
  const memberName = useMemberName();
  const read = useAddressChangesOf(order);
  if (read.error) return <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />;
  const change = read.data?.[0];
  // What was read of another order, or of the receiver before, says nothing of this one.
  if (change?.orderId !== order.orderId || change.receiverVersion < order.receiverVersion) {
    return null;
  }
  if (!change.acknowledgeTime && cameAfterShipping(change, order)) return null;
  const state = stateOf(order);
  return (
    <Alert
      type={change.acknowledgeTime ? "success" : state === "shippedUnknown" ? "warning" : "info"}
      showIcon
      role="status"
      title={
        <>
          {t("orderChange.changedAt")} <TimeText of={change.changeTime} />
        </>
      }
      description={
        change.acknowledgeTime ? (
          <>
            {t("orderChange.acknowledgedAt", { name: memberName(change.acknowledgedById) })}{" "}
            <TimeText of={change.acknowledgeTime} />
          </>
        ) : (
          t(`orderChange.${state}`)
        )
      }
    />
  );
}

// Then it is of no parcel that a warehouse could have packed by it.
function cameAfterShipping({ changeTime }: AddressChange, { shipments }: Order): boolean {
  const changedMs = changeTime ? timestampMs(changeTime) : 0;
  return shipments.some(({ shipTime }) => shipTime && timestampMs(shipTime) <= changedMs);
}

// What it means that nobody has acknowledged the change.
function stateOf({ status, shipments }: Order) {
  if (isShipped(status) || shipments.length > 0) return "shippedUnknown";
  return isToBeShipped(status) ? "unknown" : "closedUnknown";
}
