import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import {
  ReportTaskRequestSchema,
  TaskKind,
  TaskState,
  type ReportTaskRequest,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";

export type ReportField = DescField & { fieldKind: "message"; message: DescMessage };

// The reports of the contract, by name, e.g. `received`, `shipped`.
export const reports = ReportTaskRequestSchema.fields.filter(
  (field): field is ReportField => field.oneof !== undefined && field.fieldKind === "message",
);

// What can be reported on a task as it is; the service judges, this only keeps the rest out of the
// way. Failing is always possible.
export function reportsFor({ kind, state }: WarehouseTask): ReportField[] {
  return [...nextReports(kind, state), "failed"].flatMap((name) =>
    reports.filter((field) => field.name === name),
  );
}

function nextReports(kind: TaskKind, state: TaskState): string[] {
  if (kind === TaskKind.SEND_BACK) return ["shipped"];
  if (kind === TaskKind.INTERCEPT) return ["intercepted"];
  if (kind === TaskKind.OUTBOUND_REPLACEMENT) {
    return state === TaskState.PACKED ? ["shipped"] : ["packed", "shipped"];
  }
  return [state === TaskState.RECEIVED ? "inspected" : "received"];
}

// What a report starts with: the numbers that are right when all is well.
export function startingReport(task: WarehouseTask) {
  return {
    quantity: String(task.quantity),
    quantity_good: String(task.quantityReceived || task.quantity),
  };
}

export function reportRequest(
  task: WarehouseTask,
  field: ReportField,
  report: Message,
  wmsReference: string,
  text: string,
): ReportTaskRequest {
  const request = create(ReportTaskRequestSchema, { wmsReference, taskId: task.taskId, text });
  reflect(ReportTaskRequestSchema, request).set(field, reflect(field.message, report));
  return request;
}
