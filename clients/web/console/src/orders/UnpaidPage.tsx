import {
  UnpaidOrdering,
  type UnpaidOrder,
} from "@redress/contract/redress/order/v1/reminder_service_pb";
import { Button, Drawer, InputNumber, Segmented, Switch, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { BuyerLink } from "../customer/BuyerLink";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { useUnpaid } from "./deskQueries";
import { OrderTabs } from "./OrderTabs";
import { ReminderForm } from "./ReminderForm";
import { ReminderSums } from "./ReminderSums";
import { Reminders } from "./Reminders";

type Shown = "age" | "amount" | "sent";

// Orders that wait to be paid, and what reminding their buyers brought.
export function Component() {
  const { t } = useWords();
  const [shown, setShown] = useState<Shown>("age");
  return (
    <div className="page">
      <OrderTabs />
      <header className="page-title">
        <h1>{t("orderDesk.unpaidTitle")}</h1>
        <Segmented<Shown>
          aria-label={t("orderDesk.show")}
          value={shown}
          onChange={setShown}
          options={[
            { value: "age", label: t("orderDesk.oldest") },
            { value: "amount", label: t("orderDesk.largest") },
            { value: "sent", label: t("orderDesk.sent") },
          ]}
        />
      </header>
      {shown === "sent" ? (
        <Sent />
      ) : (
        <Unpaid ordering={shown === "age" ? UnpaidOrdering.AGE : UnpaidOrdering.AMOUNT} />
      )}
    </div>
  );
}

function Sent() {
  const { can } = useWork();
  return (
    <>
      {can("ROLE_SUPERVISOR", "ROLE_FINANCE", "ROLE_ADMIN", "ROLE_AUDITOR") && <ReminderSums />}
      <Reminders />
    </>
  );
}

function Unpaid({ ordering }: { ordering: UnpaidOrdering }) {
  const words = useWords();
  const { t } = words;
  const { can } = useWork();
  const [minutes, setMinutes] = useState(30);
  const [notReminded, setNotReminded] = useState(false);
  const [reminded, setReminded] = useState<UnpaidOrder>();
  const read = useUnpaid({ ordering, minimumAgeMinutes: minutes, minimumMinor: 0n, notReminded });
  const mayRemind = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  return (
    <>
      <div className="page-title">
        <label>
          {t("orderDesk.atLeast")}{" "}
          <InputNumber
            size="small"
            min={0}
            max={129_600}
            precision={0}
            value={minutes}
            onChange={(entered) => setMinutes(entered ?? 0)}
          />{" "}
          {t("orderDesk.minutesOld")}
        </label>
        <label>
          <Switch size="small" checked={notReminded} onChange={setNotReminded} />{" "}
          {t("orderDesk.notReminded")}
        </label>
      </div>
      <Loaded of={read} rows={8}>
        {(orders) =>
          orders.length === 0 ? (
            <Nothing what={t("orderDesk.noUnpaid")} hint={t("orderDesk.noUnpaidHint")} />
          ) : (
            <Table
              rowKey="orderId"
              size="small"
              columns={columnsIn(words, mayRemind ? setReminded : undefined)}
              dataSource={orders}
              pagination={false}
            />
          )
        }
      </Loaded>
      <More of={read} />
      <Drawer
        open={reminded !== undefined}
        title={t("orderDesk.remindOf", { number: reminded?.orderNumber })}
        size={440}
        destroyOnHidden
        onClose={() => setReminded(undefined)}
      >
        {reminded && <ReminderForm of={reminded} onDone={() => setReminded(undefined)} />}
      </Drawer>
    </>
  );
}

function columnsIn(
  { t }: Say,
  onRemind: ((order: UnpaidOrder) => void) | undefined,
): TableColumnsType<UnpaidOrder> {
  const columns: TableColumnsType<UnpaidOrder> = [
    {
      title: t("order.number"),
      render: (_, one) => (
        <Link className="number" to={`/orders/${one.orderId}`}>
          {one.orderNumber}
        </Link>
      ),
    },
    { title: t("order.platform"), dataIndex: "platform" },
    { title: t("customer.title"), render: (_, one) => <BuyerLink customerId={one.customerId} /> },
    { title: t("order.placed"), render: (_, one) => <TimeText of={one.orderTime} /> },
    {
      title: t("orderDesk.payable"),
      align: "right",
      render: (_, one) => <MoneyText of={one.payable} />,
    },
    { title: t("orderDesk.reminders"), align: "right", dataIndex: "reminders" },
    {
      title: t("orderDesk.lastReminded"),
      render: (_, one) => <TimeText of={one.lastRemindTime} />,
    },
  ];
  if (onRemind) {
    columns.push({
      title: "",
      align: "right",
      render: (_, one) => (
        <Button size="small" onClick={() => onRemind(one)}>
          {t("orderDesk.remind")}
        </Button>
      ),
    });
  }
  return columns;
}
