import {
  CareOccasion,
  CareOccasionSchema,
  type CareRule,
} from "@redress/contract/redress/customer/v1/care_service_pb";
import { Code } from "@connectrpc/connect";
import { Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { DefinitionError } from "../conditions/CircleNotice";
import { ConditionInput } from "../conditions/ConditionInput";
import { isRefusal } from "../shared/api/refusal";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { CareTrial } from "./CareTrial";
import { useCareRules, useSetCareRule, type RuleSettings } from "./queries";

// Only a festival has days.
type Entered = Omit<RuleSettings, "version" | "days"> & { days?: string[] };

function initialOf(of: CareRule | null): Entered {
  if (of) {
    const { $typeName: _, $unknown: __, version: ___, ...rest } = of;
    return rest;
  }
  return {
    ruleCode: "",
    nameZh: "",
    nameEn: "",
    expression: "",
    occasion: CareOccasion.MATCH,
    days: [],
    daysAhead: 0,
    quietDays: 30,
    coupon: false,
    enabled: false,
  };
}

// Whom a rule means, at which occasion, and how long they are left in peace; null for a new one.
export function CareRuleForm({ of, onDone }: { of: CareRule | null; onDone: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<Entered>();
  const [version, setVersion] = useState(of?.version ?? 0);
  const rules = useCareRules();
  const set = useSetCareRule(onDone);
  const load = () => {
    void rules.refetch().then(({ data }) => {
      const now = data?.find((rule) => rule.ruleCode === of?.ruleCode);
      if (!now) return;
      form.setFieldsValue(initialOf(now));
      setVersion(now.version);
      set.reset();
    });
  };
  const needed = [{ required: true, whitespace: true, message: t("webhook.missing") }];
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialOf(of)}
      onFinish={({ days = [], ...entered }) => set.mutate({ ...entered, days, version })}
    >
      {set.error && isRefusal(set.error, Code.Aborted) ? (
        <SaveNotice error={set.error} onLoad={load} />
      ) : (
        set.error && <DefinitionError error={set.error} />
      )}
      <Form.Item
        name="ruleCode"
        label={t("tag.code")}
        rules={[...needed, { pattern: /^[a-z][a-z0-9_]*$/, message: t("tag.codeHint") }]}
      >
        <Input disabled={of !== null} autoFocus={of === null} autoComplete="off" maxLength={40} />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="nameZh" label={t("tag.nameZh")} rules={needed}>
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item name="nameEn" label={t("tag.nameEn")} rules={needed}>
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
      </div>
      <Occasion />
      <Form.Item
        name="expression"
        label={t("tagRule.condition")}
        rules={[{ required: true, whitespace: true, message: t("condition.missing") }]}
      >
        <ConditionInput />
      </Form.Item>
      <TrialOfEntered />
      <div className="two-columns">
        <Form.Item
          name="daysAhead"
          label={t("care.daysAhead")}
          rules={[{ required: true, message: t("webhook.missing") }]}
        >
          <InputNumber min={0} max={60} precision={0} />
        </Form.Item>
        <Form.Item
          name="quietDays"
          label={t("care.quietDays")}
          extra={t("care.quietHint")}
          rules={[{ required: true, message: t("webhook.missing") }]}
        >
          <InputNumber min={1} max={365} precision={0} />
        </Form.Item>
      </div>
      <Form.Item name="coupon" valuePropName="checked" noStyle>
        <Checkbox>{t("care.couponToo")}</Checkbox>
      </Form.Item>
      <Form.Item name="enabled" valuePropName="checked">
        <Checkbox>{t("care.on")}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {t("common.save")}
      </Button>
    </Form>
  );
}

// Of what is entered at this moment; another condition is tried anew.
function TrialOfEntered() {
  const expression = Form.useWatch<string | undefined>("expression") ?? "";
  const occasion = Form.useWatch<CareOccasion | undefined>("occasion") ?? CareOccasion.MATCH;
  return (
    <CareTrial
      key={`${String(occasion)} ${expression}`}
      expression={expression}
      occasion={occasion}
    />
  );
}

// When; a festival has its days.
function Occasion() {
  const { t, name } = useWords();
  const occasion = Form.useWatch<CareOccasion | undefined>("occasion");
  return (
    <>
      <Form.Item name="occasion" label={t("care.occasion")}>
        <Select
          options={CareOccasionSchema.values
            .filter((value) => value.number !== 0)
            .map((value) => ({ value: value.number, label: name("careOccasion", value.name) }))}
        />
      </Form.Item>
      {occasion === CareOccasion.FESTIVAL && (
        <Form.Item
          name="days"
          label={t("care.days")}
          extra={t("care.daysHint")}
          rules={[
            { required: true, message: t("care.daysHint") },
            {
              validator: (_, days: string[] = []) =>
                days.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("care.daysHint"))),
            },
          ]}
        >
          <Select mode="tags" open={false} suffix={null} tokenSeparators={[",", " ", "，"]} />
        </Form.Item>
      )}
    </>
  );
}
