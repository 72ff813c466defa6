import type { DescMessage, Message } from "@bufbuild/protobuf";
import { Button, Form, Input } from "antd";
import { useEffect, useMemo, type ReactNode } from "react";
import type { Refusal } from "../api/refusal";
import { useWords } from "../words";
import { FieldInput } from "./FieldInput";
import { messageOf, planFields, problemOf, type Entries, type FieldPlan } from "./plan";

interface Props {
  message: DescMessage;
  currency: string;
  initial?: Entries;
  // Fields that the caller fills itself.
  skip?: string[];
  // Choices that make no sense here, by their number.
  without?: number[];
  // Whether free text goes with it, and what it is for.
  textHint?: string | undefined;
  textLabel?: string;
  submitText: string;
  busy: boolean;
  blocked?: boolean;
  refusal?: Refusal | undefined;
  extra?: ReactNode;
  onSubmit: (message: Message, text: string) => void;
  onCancel?: () => void;
}

const textName = "text";

// The form of a message of the contract: its fields, its rules, its refusals at the fields.
export function MessageForm(props: Props) {
  const { t } = useWords();
  const [form] = Form.useForm<Entries>();
  const { message, skip, without } = props;
  const plans = useMemo(
    () => planFields(message, skip).map((plan) => withoutChoices(plan, without)),
    [message, skip, without],
  );
  useRefusedFields(form, plans, props.refusal);
  const submit = (entries: Entries) => {
    const made = messageOf(message, plans, entries, props.currency);
    props.onSubmit(made, String(entries[textName] ?? ""));
  };
  return (
    <Form<Entries>
      form={form}
      layout="vertical"
      className="message-form"
      initialValues={props.initial ?? {}}
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      onFinish={submit}
    >
      {plans.map((plan, index) => (
        <PlannedItem key={plan.name} plan={plan} currency={props.currency} isFirst={index === 0} />
      ))}
      {plans.length === 0 && <p className="quiet">{t("case.noExtra")}</p>}
      {props.textHint !== undefined && (
        <TextItem
          label={props.textLabel ?? t("field.text")}
          hint={props.textHint}
          isFirst={plans.length === 0}
        />
      )}
      {props.extra}
      <div className="form-buttons">
        <Button
          type="primary"
          htmlType="submit"
          loading={props.busy}
          disabled={props.blocked === true}
        >
          {props.submitText}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t("common.cancel")}</Button>}
      </div>
    </Form>
  );
}

function withoutChoices(plan: FieldPlan, without: number[] = []): FieldPlan {
  return { ...plan, choices: plan.choices.filter((choice) => !without.includes(choice.number)) };
}

// Shows what the service said about a field at that field; a path ends in the field's name.
function useRefusedFields(
  form: ReturnType<typeof Form.useForm<Entries>>[0],
  plans: FieldPlan[],
  refusal: Refusal | undefined,
): void {
  useEffect(() => {
    if (!refusal) return;
    const names = [...plans.map((plan) => plan.name), textName];
    const refused = names.flatMap((name) => {
      const path = [...refusal.fields.keys()].find((key) => key.split(".").at(-1) === name);
      return path ? [{ name, errors: [refusal.fields.get(path) ?? ""] }] : [];
    });
    form.setFields(refused);
  }, [form, plans, refusal]);
}

interface ItemProps {
  plan: FieldPlan;
  currency: string;
  isFirst: boolean;
}

function PlannedItem({ plan, currency, isFirst }: ItemProps) {
  const { t, name } = useWords();
  const label = name("field", plan.name);
  const judge = (_: unknown, entered: Entries[string]) => {
    const problem = problemOf(plan, entered, currency);
    if (!problem) return Promise.resolve();
    return Promise.reject(new Error(t(`form.${problem.key}`, { field: label, ...problem.values })));
  };
  return (
    <Form.Item
      name={plan.name}
      label={plan.required ? label : <Optional label={label} />}
      rules={[{ validator: judge }]}
      validateTrigger="onBlur"
    >
      <FieldInput plan={plan} currency={currency} autoFocus={isFirst} />
    </Form.Item>
  );
}

function Optional({ label }: { label: string }) {
  const { t } = useWords();
  return (
    <>
      {label}
      <span className="quiet optional">{t("common.optional")}</span>
    </>
  );
}

function TextItem(props: { label: string; hint: string; isFirst: boolean }) {
  const { t } = useWords();
  return (
    <Form.Item
      name={textName}
      className="wide"
      label={<Optional label={props.label} />}
      rules={[{ max: 2000, message: t("form.tooLong", { count: 2000 }) }]}
    >
      <Input.TextArea
        autoFocus={props.isFirst}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2000}
        placeholder={props.hint}
      />
    </Form.Item>
  );
}
