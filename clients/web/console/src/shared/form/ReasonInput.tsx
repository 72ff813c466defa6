import { Select } from "antd";
import { useWords } from "../words";
import { zh } from "../words/zh";

interface Props {
  id?: string | undefined;
  value?: string;
  autoFocus?: boolean;
  onChange?: (code: string | undefined) => void;
}

const usualCodes = Object.keys(zh.reasonCode);

// A reason code: one of the usual ones in words, or any other code of the shop's own list as typed.
export function ReasonInput({ id, value, autoFocus, onChange }: Props) {
  const { t, name } = useWords();
  return (
    <Select
      {...(id && { id })}
      mode="tags"
      maxCount={1}
      value={value ? [value] : []}
      {...(autoFocus !== undefined && { autoFocus })}
      placeholder={t("order.reasonHint")}
      optionFilterProp="label"
      options={usualCodes.map((code) => ({ value: code, label: name("reasonCode", code) }))}
      onChange={(codes: string[]) => onChange?.(codes.at(-1))}
    />
  );
}
