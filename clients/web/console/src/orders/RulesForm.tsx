import type { OrderRules } from "@redress/contract/redress/order/v1/rules_service_pb";
import { App, Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { useOrderRules, useSetOrderRules } from "./ruleQueries";
import { longestStep, mostSteps, stepProblem, stepsOf } from "./steps";

interface Entered {
  stuckAfterHours: number | null;
  reminderWindowHours: number | null;
  mostReminders: number | null;
  nextSteps: string;
}

interface RuleNumber {
  name: Exclude<keyof Entered, "nextSteps">;
  most: number;
  // What holds where nothing is entered.
  standard: number;
}

const numbers: RuleNumber[] = [
  { name: "stuckAfterHours", most: 1440, standard: 72 },
  { name: "reminderWindowHours", most: 720, standard: 24 },
  { name: "mostReminders", most: 20, standard: 3 },
];

function enteredOf(rules: OrderRules): Entered {
  const { stuckAfterHours, reminderWindowHours, mostReminders } = rules;
  const nextSteps = rules.nextSteps.join("\n");
  return { stuckAfterHours, reminderWindowHours, mostReminders, nextSteps };
}

interface Props {
  of: OrderRules;
  mayChange: boolean;
}

export function RulesForm({ of, mayChange }: Props) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Entered>();
  // The form keeps the version that it was filled from, until the newer one is loaded into it.
  const [etag, setEtag] = useState(of.etag);
  const read = useOrderRules();
  const fill = (rules: OrderRules) => {
    form.setFieldsValue(enteredOf(rules));
    setEtag(rules.etag);
  };
  const set = useSetOrderRules((rules) => {
    fill(rules);
    void message.success(t("orderRules.saved"));
  });
  const load = () =>
    void read.refetch().then(({ data }) => {
      if (!data) return;
      fill(data);
      set.reset();
    });
  const save = (entered: Entered) =>
    set.mutate({
      etag,
      stuckAfterHours: entered.stuckAfterHours ?? 0,
      reminderWindowHours: entered.reminderWindowHours ?? 0,
      mostReminders: entered.mostReminders ?? 0,
      nextSteps: stepsOf(entered.nextSteps),
    });
  const judgeSteps = (_: unknown, entered?: string) => {
    const problem = stepProblem(stepsOf(entered ?? ""));
    if (!problem) return Promise.resolve();
    const bounds = { most: mostSteps, longest: longestStep };
    return Promise.reject(new Error(t(`orderRules.${problem}`, bounds)));
  };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      className="settings-form"
      requiredMark={false}
      disabled={!mayChange}
      initialValues={enteredOf(of)}
      onFinish={save}
    >
      <SaveNotice error={set.error} onLoad={load} />
      {numbers.map(({ name, most, standard }) => (
        <Form.Item
          key={name}
          name={name}
          label={t(`orderRules.${name}`)}
          extra={t("orderRules.standard", { value: standard })}
        >
          <InputNumber min={1} max={most} precision={0} placeholder={String(standard)} />
        </Form.Item>
      ))}
      <Form.Item
        name="nextSteps"
        label={t("orderRules.nextSteps")}
        extra={t("orderRules.nextStepsHint")}
        rules={[{ validator: judgeSteps }]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} />
      </Form.Item>
      {mayChange && (
        <Button type="primary" htmlType="submit" loading={set.isPending}>
          {t("common.save")}
        </Button>
      )}
    </Form>
  );
}
