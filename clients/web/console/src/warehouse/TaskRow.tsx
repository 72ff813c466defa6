import {
  TaskKindSchema,
  TaskStateSchema,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { Tag } from "antd";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { isOpen } from "./useTasks";
import { enumName } from "../shared/words/enums";

interface Props {
  of: WarehouseTask;
  isChosen: boolean;
  onChoose: () => void;
}

export function TaskRow({ of, isChosen, onChoose }: Props) {
  const { t, name } = useWords();
  return (
    <button
      type="button"
      className="queue-row task-row"
      aria-pressed={isChosen}
      data-task={of.taskId}
      onClick={onChoose}
    >
      <span className="queue-line">
        <strong>{name("taskKind", enumName(TaskKindSchema, of.kind))}</strong>
        <Tag color={isOpen(of) ? "blue" : "default"} variant="filled">
          {name("taskState", enumName(TaskStateSchema, of.state))}
        </Tag>
        <span className="grow" />
        <span className="number">{of.trackingNumber || t("warehouse.noParcel")}</span>
      </span>
      <span className="queue-line quiet">
        <span className="grow cut">
          {of.title || of.sku} × {of.quantity}
        </span>
        <TimeText of={of.createTime} />
      </span>
    </button>
  );
}
