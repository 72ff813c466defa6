import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { casesOfOrderQuery } from "../customer/queries";
import { useWork } from "../session/work";
import { useWords } from "../shared/words";

interface Props {
  orderId: string;
  // Empty: the whole order.
  lineId: string;
  value: string;
  onChange: (caseId: string) => void;
}

// Which earlier case about the same thing, which has ended, the new one repeats. Not asked where
// there is none.
export function RepeatedCase({ orderId, lineId, value, onChange }: Props) {
  const { t, name } = useWords();
  const read = useQuery(casesOfOrderQuery(useWork(), orderId));
  const ended = (read.data ?? []).filter((one) => one.final && one.lineId === lineId);
  if (ended.length === 0) return null;
  return (
    <Form.Item layout="vertical" label={t("link.repeats")} htmlFor="repeats_case_id">
      <Select
        id="repeats_case_id"
        value={value}
        onChange={onChange}
        options={[
          { value: "", label: t("link.noRepeat") },
          ...ended.map((one) => ({
            value: one.caseId,
            label: `${name("kind", one.kind)} #${String(one.caseNumber)} · ${name("state", one.state)}`,
          })),
        ]}
      />
    </Form.Item>
  );
}
