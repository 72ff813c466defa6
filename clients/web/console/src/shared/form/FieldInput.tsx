import { Input, Radio, Select } from "antd";
import { useWords } from "../words";
import type { Entered, FieldPlan } from "./plan";
import { ReasonInput } from "./ReasonInput";

interface Props {
  plan: FieldPlan;
  currency: string;
  autoFocus: boolean;
  // Given by Form.Item.
  id?: string;
  value?: Entered;
  onChange?: (entered: Entered) => void;
}

// The input for one planned field.
export function FieldInput({ plan, currency, autoFocus, id, value, onChange }: Props) {
  const { t, name } = useWords();
  const set = (entered: Entered) => onChange?.(entered);
  const text = value === undefined ? "" : String(value);
  if (plan.kind === "choice") {
    return (
      <Select
        {...(id && { id })}
        value={value as number | undefined}
        onChange={set}
        allowClear={!plan.required}
        autoFocus={autoFocus}
        options={plan.choices.map((choice) => ({
          value: choice.number,
          label: name("enumValue", choice.name),
        }))}
      />
    );
  }
  if (plan.kind === "flag") {
    return (
      <Radio.Group
        {...(id && { id })}
        value={value}
        onChange={(event) => set(event.target.value as boolean)}
        options={[
          { value: true, label: t("common.yes") },
          { value: false, label: t("common.no") },
        ]}
      />
    );
  }
  if (plan.kind === "text" && plan.name === "reason") {
    return <ReasonInput id={id} value={text} autoFocus={autoFocus} onChange={set} />;
  }
  if (plan.kind === "text" && plan.name === "root_cause") {
    return (
      <ReasonInput group="rootCause" id={id} value={text} autoFocus={autoFocus} onChange={set} />
    );
  }
  return (
    <Input
      id={id}
      value={text}
      autoFocus={autoFocus}
      autoComplete="off"
      onChange={(event) => set(event.target.value)}
      {...(plan.kind === "money" && { suffix: currency, inputMode: "decimal" })}
      {...(plan.kind === "integer" && { inputMode: "numeric" })}
    />
  );
}
