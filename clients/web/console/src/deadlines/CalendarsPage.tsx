import type { BusinessCalendar } from "@redress/contract/redress/aftersales/v1/deadline_service_pb";
import { Button, Drawer, Table, Tag, Tooltip, type TableColumnsType } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { CalendarForm } from "./CalendarForm";
import { DeadlineTabs } from "./DeadlineTabs";
import { hoursText, specialDaysText } from "./hours";
import { useCalendars } from "./queries";

// When the shop works, for the rules that count open hours.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const [chosen, setChosen] = useState<BusinessCalendar | "new">();
  const read = useCalendars();
  const maySet = can("ROLE_ADMIN");
  useShortcuts({ n: () => maySet && setChosen("new") });
  return (
    <div className="page">
      <DeadlineTabs />
      <header className="page-title">
        <h1>{t("deadlines.calendars")}</h1>
        {maySet && (
          <Button type="primary" aria-keyshortcuts="n" onClick={() => setChosen("new")}>
            {t("deadlines.newCalendar")} <kbd>n</kbd>
          </Button>
        )}
      </header>
      <Loaded of={read} rows={4}>
        {(calendars) =>
          calendars.length === 0 ? (
            <Nothing
              what={t("deadlines.calendarsEmpty")}
              hint={t("deadlines.calendarsEmptyHint")}
            />
          ) : (
            <CalendarTable of={calendars} onChange={maySet ? setChosen : undefined} />
          )
        }
      </Loaded>
      <Drawer
        open={chosen !== undefined}
        title={t(chosen === "new" ? "deadlines.newCalendar" : "deadlines.changeCalendar")}
        size={480}
        destroyOnHidden
        onClose={() => setChosen(undefined)}
      >
        {chosen && (
          <CalendarForm
            of={chosen === "new" ? undefined : chosen}
            among={read.data ?? []}
            onDone={() => setChosen(undefined)}
          />
        )}
      </Drawer>
    </div>
  );
}

interface TableProps {
  of: BusinessCalendar[];
  onChange: ((calendar: BusinessCalendar) => void) | undefined;
}

function CalendarTable({ of, onChange }: TableProps) {
  const words = useWords();
  const columns = columnsIn(words);
  if (onChange) {
    columns.push({
      title: "",
      align: "right",
      render: (_, one) => (
        <Button size="small" onClick={() => onChange(one)}>
          {words.t("deadlines.change")}
        </Button>
      ),
    });
  }
  return (
    <Table
      rowKey={(one) => `${one.name}|${one.version}`}
      size="small"
      columns={columns}
      dataSource={of}
      pagination={false}
    />
  );
}

function columnsIn({ t }: Say): TableColumnsType<BusinessCalendar> {
  return [
    { title: t("deadlines.name"), dataIndex: "name" },
    { title: t("deadlines.version"), dataIndex: "version", align: "right" },
    {
      title: t("deadlines.week"),
      render: (_, one) => (
        <ul className="week-hours">
          {one.week.map((day) => (
            <li key={day.weekday}>
              {t(`weekday.${day.weekday}`)} <span className="number">{hoursText(day.hours)}</span>
            </li>
          ))}
        </ul>
      ),
    },
    {
      title: t("deadlines.special"),
      render: (_, one) =>
        one.specialDays.length > 0 && (
          <Tooltip
            title={<span className="lines">{specialDaysText(one, t("deadlines.closedWord"))}</span>}
          >
            <span tabIndex={0}>{t("deadlines.days", { count: one.specialDays.length })}</span>
          </Tooltip>
        ),
    },
    { title: t("deadlines.from"), render: (_, one) => <TimeText of={one.effectiveTime} /> },
    {
      title: "",
      render: (_, one) =>
        one.current && (
          <Tag color="green" variant="filled">
            {t("deadlines.inForce")}
          </Tag>
        ),
    },
  ];
}
