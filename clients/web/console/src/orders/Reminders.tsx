import {
  ReminderChannelSchema,
  type Reminder,
} from "@redress/contract/redress/order/v1/reminder_service_pb";
import { Table, Tag, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { useReminders } from "./deskQueries";

// Who reminded whom, and whether the order was then paid in the window.
export function Reminders() {
  const { t, name } = useWords();
  const memberName = useMemberName();
  const read = useReminders();
  const columns: TableColumnsType<Reminder> = [
    {
      title: t("order.details"),
      render: (_, one) => <Link to={`/orders/${one.orderId}`}>{t("order.details")}</Link>,
    },
    { title: t("orderDesk.by"), render: (_, one) => memberName(one.accountId) },
    {
      title: t("orderDesk.channel"),
      render: (_, one) => name("reminderChannel", enumName(ReminderChannelSchema, one.channel)),
    },
    { title: t("orderDesk.when"), render: (_, one) => <TimeText of={one.remindTime} /> },
    {
      title: t("orderDesk.payable"),
      align: "right",
      render: (_, one) => <MoneyText of={one.payable} />,
    },
    {
      title: t("orderDesk.brought"),
      render: (_, one) =>
        one.payTime ? (
          <Tag color="green" variant="filled">
            <MoneyText of={one.paid} /> · <TimeText of={one.payTime} />
          </Tag>
        ) : (
          <span className="quiet">
            {t("orderDesk.countsUntil")} <TimeText of={one.windowEndTime} />
          </span>
        ),
    },
  ];
  return (
    <>
      <Loaded of={read} rows={8}>
        {(reminders) =>
          reminders.length === 0 ? (
            <Nothing what={t("orderDesk.noReminders")} />
          ) : (
            <Table
              rowKey="reminderId"
              size="small"
              columns={columns}
              dataSource={reminders}
              pagination={false}
            />
          )
        }
      </Loaded>
      <More of={read} />
    </>
  );
}
