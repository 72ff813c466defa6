import type { BusinessCalendar } from "@redress/contract/redress/aftersales/v1/deadline_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useRef } from "react";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { pickedForm, pickedIn } from "../shared/ui/picked";
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
  const save = useSave(among, onDone);
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialOf(of, t("deadlines.closedWord"))}
      onFinish={(entered) => {
        if (weekOf(entered).length > 0) {
          save.mutate(entered);
        } else {
          form.setFields([{ name: ["week", "1"], errors: [t("deadlines.noHours")] }]);
        }
      }}
    >
      {save.error && <ErrorNotice error={save.error} />}
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
    week: Object.fromEntries(of.week.map((day) => [String(day.weekday), hoursText(day.hours)])),
    special: specialDaysText(of, closed),
  };
}

// The weekdays that open at all.
function weekOf({ week }: Entered) {
  return weekdays
    .map((weekday) => ({ weekday, hours: hoursOf(week[String(weekday)] ?? "") ?? [] }))
    .filter((day) => day.hours.length > 0);
}

function useSave(among: BusinessCalendar[], onDone: () => void) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const requestId = useRef(newRequestId());
  return useMutation({
    mutationFn: (entered: Entered) => {
      const name = entered.name.trim();
      return api.deadlines.setCalendar({
        requestId: requestId.current,
        name,
        version: Math.max(0, ...among.filter((one) => one.name === name).map((one) => one.version)),
        week: weekOf(entered),
        specialDays: specialDaysOf(entered.special ?? "").days,
        ...(entered.from && { effectiveTime: pickedIn(shop.timeZone, entered.from) }),
      });
    },
    onSuccess: () => {
      void message.success(t("deadlines.saved"));
      void queries.invalidateQueries({ queryKey: [shop.shopId, "calendars"] });
      onDone();
    },
    onError: () => {
      requestId.current = newRequestId();
    },
  });
}
