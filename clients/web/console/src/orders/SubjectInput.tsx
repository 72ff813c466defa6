import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { Form, Select } from "antd";
import { useWords } from "../shared/words";

interface Props {
  id: string;
  order: Order;
  // Empty for the whole order.
  lineId: string;
  whole: string;
  onChoose: (lineId: string) => void;
}

// What a case is about: the order, or one of its lines; its postage is never what one writes about.
export function SubjectInput({ id, order, lineId, whole, onChoose }: Props) {
  const { t } = useWords();
  const lines = order.lines.filter((line) => !line.postage);
  return (
    <Form.Item layout="vertical" label={t("case.line")} htmlFor={id}>
      <Select
        id={id}
        value={lineId}
        onChange={onChoose}
        options={[
          { value: "", label: whole },
          ...lines.map((line) => ({ value: line.lineId, label: line.title || line.sku })),
        ]}
      />
    </Form.Item>
  );
}
