import { Select } from "antd";
import { useState } from "react";
import { useWords } from "../words";
import { zh } from "../words/zh";

interface Props {
  // The group of words that has the usual codes.
  group?: "reasonCode" | "rootCause" | "careResult" | "careSkip";
  id?: string | undefined;
  value?: string;
  autoFocus?: boolean;
  onChange?: (code: string | undefined) => void;
}

// A reason or root cause: one of the usual ones in words, or any other code of the shop's own list as typed.
export function ReasonInput({ group = "reasonCode", id, value, autoFocus, onChange }: Props) {
  const { t, name } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Select
      {...(id && { id })}
      mode="tags"
      maxCount={1}
      value={value ? [value] : []}
      {...(autoFocus !== undefined && { autoFocus })}
      placeholder={t("order.reasonHint")}
      showSearch={{ optionFilterProp: "label" }}
      options={Object.keys(zh[group]).map((code) => ({ value: code, label: name(group, code) }))}
      open={isOpen}
      onOpenChange={setIsOpen}
      onChange={(codes: string[]) => {
        onChange?.(codes.at(-1));
        // One code is all there is to choose: the list gets out of the way.
        setIsOpen(false);
      }}
    />
  );
}
