import type { ReminderSum } from "@redress/contract/redress/order/v1/reminder_service_pb";
import { Alert, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useMemberName } from "../case/queries";
import { DaysPicker } from "../figures/DaysPicker";
import { lastDays } from "../figures/view";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { useReminderSums } from "./deskQueries";
import { shareOf, totalsOf, type SumRow } from "./reminderTotals";

const mostDays = 93;

// What reminders of chosen days brought, by agent.
export function ReminderSums() {
  const { t } = useWords();
  const { shop } = useWork();
  const [days, setDays] = useState(() => lastDays(shop.timeZone));
  const isTooLong = dayjs(days.toDay).diff(days.fromDay, "day") >= mostDays;
  return (
    <section aria-labelledby="sums-title">
      <header className="page-title">
        <h2 id="sums-title">{t("reminderSum.title")}</h2>
        <DaysPicker days={days} onChoose={setDays} />
      </header>
      <p className="quiet">{t("reminderSum.hint")}</p>
      {isTooLong ? (
        <Alert type="warning" showIcon role="alert" title={t("reminderSum.tooLong")} />
      ) : (
        <Sums key={`${days.fromDay} ${days.toDay}`} {...days} />
      )}
    </section>
  );
}

function Sums({ fromDay, toDay }: { fromDay: string; toDay: string }) {
  const words = useWords();
  const memberName = useMemberName();
  const read = useReminderSums(fromDay, toDay);
  return (
    <Loaded of={read} rows={3}>
      {(sums) =>
        sums.length === 0 ? (
          <Nothing what={words.t("reminderSum.none")} />
        ) : (
          <SumTable of={sums} columns={columnsIn(words, memberName)} />
        )
      }
    </Loaded>
  );
}

function SumTable({ of, columns }: { of: ReminderSum[]; columns: TableColumnsType<SumRow> }) {
  const rows: SumRow[] = [...of, ...totalsOf(of)];
  return (
    <Table
      rowKey={(row) => `${row.accountId ?? "total"} ${row.paid?.currencyCode ?? ""}`}
      rowClassName={(row) => (row.accountId === undefined ? "total-row" : "")}
      size="small"
      columns={columns}
      dataSource={rows}
      pagination={false}
    />
  );
}

function columnsIn(
  { t }: Say,
  memberName: (accountId: string) => string,
): TableColumnsType<SumRow> {
  return [
    {
      title: t("orderDesk.by"),
      render: (_, { accountId }) =>
        accountId === undefined ? <strong>{t("reminderSum.total")}</strong> : memberName(accountId),
    },
    { title: t("reminderSum.sent"), align: "right", className: "number", dataIndex: "sent" },
    {
      title: t("reminderSum.paidOrders"),
      align: "right",
      className: "number",
      dataIndex: "paidOrders",
    },
    {
      title: t("reminderSum.share"),
      align: "right",
      className: "number",
      render: (_, row) => shareOf(row),
    },
    {
      title: t("reminderSum.paid"),
      align: "right",
      render: (_, { paid }) => <MoneyText of={paid} />,
    },
  ];
}
