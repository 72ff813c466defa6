import type { AddressChange } from "@redress/contract/redress/order/v1/change_service_pb";
import { OrderStatus } from "@redress/contract/redress/order/v1/order_pb";
import { App, Button, Segmented, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { useAcknowledge, useAddressChanges } from "../orders/deskQueries";
import { ReceiverText } from "../orders/ReceiverText";
import { isShipped, statusName } from "../orders/status";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";

// Orders that have another receiver than before: read, revealed where they wait to be packed, and
// acknowledged.
export function AddressChanges() {
  const { t } = useWords();
  const [unknownOnly, setUnknownOnly] = useState(true);
  const read = useAddressChanges(unknownOnly);
  return (
    <>
      <p className="quiet">{t("changedAddress.hint")}</p>
      <Segmented
        size="small"
        aria-label={t("changedAddress.which")}
        value={unknownOnly}
        onChange={(chosen: boolean) => setUnknownOnly(chosen)}
        options={[
          { value: true, label: t("changedAddress.unknown") },
          { value: false, label: t("common.all") },
        ]}
      />
      <Loaded of={read}>
        {(changes) =>
          changes.length > 0 ? (
            <ChangeTable of={changes} mustBeKnown={unknownOnly} />
          ) : unknownOnly ? (
            <Nothing what={t("changedAddress.none")} hint={t("changedAddress.noneHint")} />
          ) : (
            <Nothing what={t("changedAddress.noneEver")} />
          )
        }
      </Loaded>
      <More of={read} />
    </>
  );
}

function ChangeTable({ of, mustBeKnown }: { of: AddressChange[]; mustBeKnown: boolean }) {
  const { t } = useWords();
  const { can } = useWork();
  // Each row tells the order's receiver of now: what was revealed of an earlier one is hidden again.
  const newest = newestVersions(of);
  const columns: TableColumnsType<AddressChange> = [
    {
      title: t("changedAddress.order"),
      render: (_, change) => <Which of={change} mustBeKnown={mustBeKnown} />,
    },
    {
      title: t("changedAddress.receiver"),
      render: (_, change) => (
        <ReceiverText
          key={newest.get(change.orderId)}
          orderId={change.orderId}
          masked={change.maskedReceiver}
          mayReveal={
            can("ROLE_AGENT", "ROLE_SUPERVISOR") ||
            (can("ROLE_WAREHOUSE") && change.status === OrderStatus.WAIT_SELLER_SEND_GOODS)
          }
        />
      ),
    },
    { title: t("changedAddress.changed"), render: (_, change) => <When of={change} /> },
    { align: "right", render: (_, change) => <Known of={change} /> },
  ];
  return (
    <Table
      size="small"
      rowKey={(change) => `${change.orderId}/${change.receiverVersion}`}
      columns={columns}
      dataSource={of}
      pagination={false}
    />
  );
}

function newestVersions(changes: AddressChange[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const { orderId, receiverVersion } of changes) {
    newest.set(orderId, Math.max(newest.get(orderId) ?? 0, receiverVersion));
  }
  return newest;
}

interface WhichProps {
  of: AddressChange;
  /** Whether all of the list are changes that a warehouse has to acknowledge. */
  mustBeKnown: boolean;
}

function Which({ of: { orderId, orderNumber, status }, mustBeKnown }: WhichProps) {
  const { t, name } = useWords();
  const { can } = useWork();
  const isTooLate = mustBeKnown && isShipped(status);
  return (
    <>
      <div className="number">
        {can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR") ? (
          <Link to={`/orders/${orderId}`}>{orderNumber}</Link>
        ) : (
          orderNumber
        )}
      </div>
      <Tag variant="filled" color={isTooLate ? "warning" : "default"}>
        {name("orderStatus", statusName(status))}
      </Tag>
      {isTooLate && <div className="quiet">{t("changedAddress.shippedUnknown")}</div>}
    </>
  );
}

function When({ of: { changeTime, accountId } }: { of: AddressChange }) {
  const { t } = useWords();
  const memberName = useMemberName();
  const who = accountId ? memberName(accountId) : t("changedAddress.platform");
  return (
    <>
      <TimeText of={changeTime} />
      <div className="quiet">{t("changedAddress.by", { name: who })}</div>
    </>
  );
}

// That the warehouse knows, or the button that says so.
function Known({ of }: { of: AddressChange }) {
  const { t } = useWords();
  const { can } = useWork();
  const { message } = App.useApp();
  const memberName = useMemberName();
  const acknowledge = useAcknowledge(
    () => void message.success(t("changedAddress.acknowledged", { number: of.orderNumber })),
  );
  if (of.acknowledgeTime) {
    return (
      <>
        <TimeText of={of.acknowledgeTime} />
        <div className="quiet">
          {t("changedAddress.acknowledgedBy", { name: memberName(of.acknowledgedById) })}
        </div>
      </>
    );
  }
  if (!can("ROLE_WAREHOUSE", "ROLE_SUPERVISOR")) return null;
  const { orderId, receiverVersion } = of;
  return (
    <>
      <Button
        size="small"
        loading={acknowledge.isPending}
        aria-label={t("changedAddress.acknowledgeOf", { number: of.orderNumber })}
        onClick={() => acknowledge.mutate({ orderId, receiverVersion })}
      >
        {t("changedAddress.acknowledge")}
      </Button>
      {acknowledge.error && <ErrorNotice error={acknowledge.error} />}
    </>
  );
}
