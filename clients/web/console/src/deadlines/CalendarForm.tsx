import type { BusinessCalendar } from "@redress/contract/redress/aftersales/v1/deadline_service_pb";
import { App, Button, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { pickedForm, pickedIn } from "../shared/ui/picked";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { hoursOf, hoursText, specialDaysOf, specialDaysText } from "./hours";

const weekdays = [1, 2, 3, 4, 5, 6, 7];

interface Entered {
  name: string;
  // By weekday, from 1 for Monday.
  week: Record<string, string | undefined>;
  special?: string;
  from?: Dayjs | null;
}

interface Props {
  // The calendar to change; a new one where there is none.
  of: BusinessCalendar | undefined;
  among: BusinessCalendar[];
  onDone: () => void;
}

export function CalendarForm({ of, among, onDone }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm<Entered>();
  // As they were when the form was filled: a newer one of a colleague is a conflict.
  const [seen, setSeen] = useState(among);
  const save = useSave(onDone);
  const load = () => {
    const newest = lastSet(among, form.getFieldValue("name") as string);
    if (newest) form.setFieldsValue(initialOf(newest, t("deadlines.closedWord")));
    setSeen(among);
    save.reset();
  };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialOf(of, t("deadlines.closedWord"))}
      onFinish={(entered) => {
        if (weekOf(entered).length > 0) {
          save.mutate({ ...entered, version: lastSet(seen, entered.name)?.version ?? 0 });
        } else {
          form.setFields([{ name: ["week", "1"], errors: [t("deadlines.noHours")] }]);
        }
      }}
    >
      <SaveNotice error={save.error} onLoad={load} />
      <Form.Item
        name="name"
        label={t("deadlines.name")}
        rules={[{ required: true, whitespace: true, message: t("deadlines.nameMissing") }]}
      >
        <Input autoFocus={!of} autoComplete="off" maxLength={64} disabled={!!of} />
      </Form.Item>
      <WeekInputs />
      <SpecialDaysInput />
      <Form.Item name="from" label={t("deadlines.from")} extra={t("deadlines.fromHint")}>
        <DatePicker showTime={{ format: "HH:mm" }} format={pickedForm} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("common.save")}
      </Button>
    </Form>
  );
}

function WeekInputs() {
  const { t } = useWords();
  return (
    <fieldset className="week-inputs">
      <legend>{t("deadlines.week")}</legend>
      <p className="quiet">{t("deadlines.weekHint")}</p>
      {weekdays.map((weekday) => (
        <Form.Item
          key={weekday}
          name={["week", String(weekday)]}
          label={t(`weekday.${weekday}`)}
          layout="horizontal"
          rules={[
            {
              validator: (_, text?: string) =>
                hoursOf(text ?? "")
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("deadlines.hoursWrong"))),
            },
          ]}
        >
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
      ))}
    </fieldset>
  );
}

function SpecialDaysInput() {
  const { t } = useWords();
  return (
    <Form.Item
      name="special"
      label={t("deadlines.special")}
      extra={t("deadlines.specialHint")}
      rules={[
        {
          validator: (_, text?: string) => {
            const { wrong } = specialDaysOf(text ?? "");
            return wrong
              ? Promise.reject(new Error(t("deadlines.dayWrong", { ...wrong })))
              : Promise.resolve();
          },
        },
      ]}
    >
      <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={40_000} />
    </Form.Item>
  );
}

function initialOf(of: BusinessCalendar | undefined, closed: string): Partial<Entered> {
  if (!of) {
    const office = "09:00-12:00,13:30-18:00";
    return { week: { "1": office, "2": office, "3": office, "4": office, "5": office } };
  }
  return {
    name: of.name,
    week: Object.fromEntries(
      weekdays.map((weekday) => [
        String(weekday),
        hoursText(of.week.find((day) => day.weekday === weekday)?.hours ?? []),
      ]),
    ),
    special: specialDaysText(of, closed),
  };
}

// The weekdays that open at all.
function weekOf({ week }: Entered) {
  return weekdays
    .map((weekday) => ({ weekday, hours: hoursOf(week[String(weekday)] ?? "") ?? [] }))
    .filter((day) => day.hours.length > 0);
}

// What was set last under a name.
function lastSet(among: BusinessCalendar[], name: string): BusinessCalendar | undefined {
  return among
    .filter((one) => one.name === name.trim())
    .toSorted((a, b) => b.version - a.version)[0];
}

function useSave(onDone: () => void) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  return useChanging(
    (entered: Entered & { version: number }, requestId) =>
      api.deadlines.setCalendar({
        requestId,
        name: entered.name.trim(),
        version: entered.version,
        week: weekOf(entered),
        specialDays: specialDaysOf(entered.special ?? "").days,
        ...(entered.from && { effectiveTime: pickedIn(shop.timeZone, entered.from) }),
      }),
    ["calendars"],
    () => {
      void message.success(t("deadlines.saved"));
      onDone();
    },
  );
}
