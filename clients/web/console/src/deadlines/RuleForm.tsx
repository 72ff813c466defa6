import type { DeadlineRule } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { App, Button, Checkbox, DatePicker, Form, Input, InputNumber, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { pickedForm, pickedIn } from "../shared/ui/picked";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { deadlinesZh } from "../shared/words/deadlines_zh";
import { useCalendars } from "./queries";
import { lastSet, lastVersion, placeOf, type Place } from "./standing";

interface Entered {
  place: string;
  platform?: string;
  variant?: string;
  hours?: number;
  againHours?: number;
  calendar?: string;
  from?: Dayjs | null;
  ended?: boolean;
}

interface Props {
  // The rule to change; a new one where there is none.
  of: DeadlineRule | undefined;
  among: DeadlineRule[];
  onDone: () => void;
}

const hour_s = 3600;
const variants = Object.keys(deadlinesZh.deadlineVariant);

// Of the defaults, since a rule has to have one.
function usePlaces(among: DeadlineRule[]) {
  const { name } = useWords();
  return among
    .filter((rule) => !rule.own)
    .map(({ rule, condition }) => ({
      value: `${rule}|${condition}`,
      label:
        name("deadlineRule", rule) + (condition && ` · ${name("deadlineCondition", condition)}`),
    }));
}

// How long a rule gives from a moment on, for all cases or some.
export function RuleForm({ of, among, onDone }: Props) {
  const { t, name } = useWords();
  const [form] = Form.useForm<Entered>();
  const places = usePlaces(among);
  const calendars = useCalendars();
  // As they were when the form was filled: a newer one of a colleague is a conflict.
  const [seen, setSeen] = useState(among);
  const save = useSave(onDone);
  const ended = Form.useWatch("ended", form) ?? false;
  const load = () => {
    const newest = lastSet(among, placeOf(placeIn(form.getFieldsValue())));
    if (newest) form.setFieldsValue(initialOf(newest));
    setSeen(among);
    save.reset();
  };
  const names = [...new Set(calendars.data?.map((one) => one.name))];
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialOf(of)}
      onFinish={(entered) =>
        save.mutate({ ...entered, version: lastVersion(seen, placeOf(placeIn(entered))) })
      }
    >
      <SaveNotice error={save.error} onLoad={load} />
      <Form.Item name="place" label={t("deadlines.rule")} rules={[{ required: true }]}>
        <Select
          autoFocus={!of}
          disabled={!!of}
          options={places}
          showSearch={{ optionFilterProp: "label" }}
        />
      </Form.Item>
      <Form.Item
        name="platform"
        label={t("deadlines.platform")}
        extra={t("deadlines.platformHint")}
      >
        <Input autoComplete="off" maxLength={32} disabled={!!of?.own} />
      </Form.Item>
      <Form.Item name="variant" label={t("deadlines.variant")}>
        <Select
          disabled={!!of?.own}
          options={[
            { value: "", label: t("deadlines.any") },
            ...variants.map((value) => ({ value, label: name("deadlineVariant", value) })),
          ]}
        />
      </Form.Item>
      {of?.own && !of.ended && (
        <Form.Item name="ended" valuePropName="checked">
          <Checkbox>{t("deadlines.end")}</Checkbox>
        </Form.Item>
      )}
      {!ended && (
        <>
          <Form.Item
            name="hours"
            label={t("deadlines.duration")}
            extra={t("deadlines.durationHint")}
            rules={[{ required: true, message: t("deadlines.tooShort") }]}
          >
            <InputNumber autoFocus={!!of} min={1 / 60} max={8760} suffix={t("deadlines.hours")} />
          </Form.Item>
          <Form.Item name="againHours" label={t("deadlines.again")}>
            <InputNumber min={1 / 60} max={8760} placeholder="24" suffix={t("deadlines.hours")} />
          </Form.Item>
          <Form.Item name="calendar" label={t("deadlines.calendar")}>
            <Select
              loading={calendars.isPending}
              options={[
                { value: "", label: t("deadlines.everyHour") },
                ...names.map((value) => ({ value, label: value })),
              ]}
            />
          </Form.Item>
        </>
      )}
      <Form.Item name="from" label={t("deadlines.from")} extra={t("deadlines.fromHint")}>
        <DatePicker showTime={{ format: "HH:mm" }} format={pickedForm} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("common.save")}
      </Button>
    </Form>
  );
}

function initialOf(of: DeadlineRule | undefined): Partial<Entered> {
  if (!of) return { variant: "", calendar: "" };
  return {
    place: `${of.rule}|${of.condition}`,
    platform: of.platform,
    variant: of.variant,
    hours: Number(of.durationSeconds) / hour_s,
    againHours: Number(of.repeatSeconds) / hour_s,
    calendar: of.calendar,
  };
}

function secondsOf(hours: number | null | undefined): bigint {
  return BigInt(Math.round((hours ?? 0) * hour_s));
}

function placeIn({ place, platform = "", variant = "" }: Entered): Place {
  const [rule = "", condition = ""] = place.split("|");
  return { rule, condition, platform, variant };
}

function useSave(onDone: () => void) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  return useChanging(
    ({ version, ...entered }: Entered & { version: number }, requestId) =>
      api.workflows.setDeadlineRule({
        requestId,
        ...placeIn(entered),
        version,
        ended: entered.ended ?? false,
        durationSeconds: entered.ended ? 0n : secondsOf(entered.hours),
        repeatSeconds: entered.ended ? 0n : secondsOf(entered.againHours),
        calendar: entered.calendar ?? "",
        ...(entered.from && { effectiveTime: pickedIn(shop.timeZone, entered.from) }),
      }),
    ["deadline-rules"],
    () => {
      void message.success(t("deadlines.saved"));
      onDone();
    },
  );
}
