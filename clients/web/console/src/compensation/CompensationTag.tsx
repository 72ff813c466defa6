import {
  CompensationState,
  CompensationStateSchema,
} from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { Tag } from "antd";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";

const colours: Record<number, string> = {
  [CompensationState.WAITING]: "gold",
  [CompensationState.GRANTED]: "blue",
  [CompensationState.UNDER_WAY]: "blue",
  [CompensationState.UNKNOWN]: "orange",
  [CompensationState.GIVEN]: "green",
  [CompensationState.FAILED]: "red",
};

export function CompensationTag({ state }: { state: CompensationState }) {
  const { name } = useWords();
  return (
    <Tag color={colours[state] ?? "default"} variant="filled">
      {name("compensationState", enumName(CompensationStateSchema, state))}
    </Tag>
  );
}
