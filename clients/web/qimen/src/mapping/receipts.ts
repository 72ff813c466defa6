// What a confirmation means for the task that it names: pure, so that a repeat means the same.
import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  InterceptOutcome,
  TaskKind,
  type ReportTaskRequestSchema,
  type ReportUnexpectedGoodsRequestSchema,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";

import type {
  CancelConfirmed,
  DeliveryConfirmed,
  Parcel,
  ReceivedLine,
  ReturnConfirmed,
} from "../protocol/confirmations.ts";

export type Goods = Required<
  Omit<MessageInitShape<typeof ReportUnexpectedGoodsRequestSchema>, "$typeName" | "$unknown">
>;
type ReportOf = NonNullable<MessageInitShape<typeof ReportTaskRequestSchema>["report"]>;

/** One report on the task, under a reference of its own. */
export interface Report {
  readonly wmsReference: string;
  readonly report: ReportOf;
  readonly text: string;
}

export interface Meaning {
  /** For the task, in this order. */
  readonly reports: readonly Report[];
  /** What the task does not announce, for a person to see. */
  readonly unexpected: readonly Goods[];
  /** What is recorded for a person instead, should the task take a report no more. */
  readonly otherwise: readonly Goods[];
}

export const NOTHING: Meaning = { reports: [], unexpected: [], otherwise: [] };

const GOOD = "ZP";
const REASONS: Readonly<Record<string, string>> = {
  CC: "defective",
  JS: "machine_damage",
  XS: "box_damage",
};
const OTHER_REASON = "other_damage";
const SHORT = "short";
// Deliveries that will not take place.
const GIVEN_UP = new Set(["REJECT", "EXCEPTION", "CANCELED", "CLOSED"]);

export function meaningOfReturn(
  confirmed: ReturnConfirmed,
  task: WarehouseTask | undefined,
): Meaning {
  const all = goodsOf(confirmed, confirmed.lines);
  if (task?.kind !== TaskKind.INBOUND_RETURN) return { ...NOTHING, unexpected: all };
  const ours = confirmed.lines.filter((line) => line.itemCode === task.sku);
  const received = unitsOf(ours);
  const good = unitsOf(ours.filter((line) => line.inventoryType === GOOD));
  const reports: Report[] = [reportOf(confirmed.key, "received", { quantity: received })];
  // An empty parcel, or one with other goods in it: there is nothing to inspect.
  if (received > 0) {
    const reason = good < task.quantity ? reasonOf(ours) : "";
    reports.push(reportOf(confirmed.key, "inspected", { quantityGood: good, reason }));
  }
  const others = new Set(confirmed.lines.filter((line) => line.itemCode !== task.sku));
  return {
    reports,
    unexpected: goodsOf(confirmed, confirmed.lines, (line) => others.has(line)),
    otherwise: goodsOf(confirmed, confirmed.lines, (line) => !others.has(line)),
  };
}

export function meaningOfDelivery(
  confirmed: DeliveryConfirmed,
  task: WarehouseTask | undefined,
): Meaning {
  const { key, status, parcels } = confirmed;
  if (confirmed.isIntermediate) return NOTHING;
  const [parcel, ...more] = parcels;
  if (status === "DELIVERED" && parcel !== undefined) {
    const otherwise = parcelsOf(key, parcels, task);
    if (task === undefined || !isOutbound(task)) return { ...NOTHING, unexpected: otherwise };
    const text = more.map((one) => `${one.carrier} ${one.trackingNumber}`).join(", ");
    const report = reportOf(key, "shipped", { ...parcel }, text);
    return { reports: [report], unexpected: [], otherwise };
  }
  if (!GIVEN_UP.has(status) || task === undefined || !isOutbound(task)) return NOTHING;
  const reason = `wms_${status.toLowerCase()}`;
  return { ...NOTHING, reports: [reportOf(key, "failed", { reason })] };
}

export function meaningOfCancel({ key, status }: CancelConfirmed): Meaning {
  const outcome = interceptOutcomeOf(status);
  if (outcome === undefined) return NOTHING;
  return { ...NOTHING, reports: [reportOf(key, "intercepted", { outcome })] };
}

/** Undefined while it is not known. */
export function interceptOutcomeOf(status: string): InterceptOutcome | undefined {
  if (status === "SUCCESS") return InterceptOutcome.CAUGHT;
  return status === "FAIL" ? InterceptOutcome.MISSED : undefined;
}

function isOutbound(task: WarehouseTask): boolean {
  return task.kind === TaskKind.OUTBOUND_REPLACEMENT || task.kind === TaskKind.SEND_BACK;
}

function reportOf<Case extends ReportOf["case"]>(
  key: string,
  name: Case,
  value: Extract<ReportOf, { case: Case }>["value"],
  text = "",
): Report {
  const report = { case: name, value } as Extract<ReportOf, { case: Case }>;
  return { wmsReference: `${key}:${name ?? ""}`, report, text };
}

function unitsOf(lines: readonly ReceivedLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

// What most of the units that are not good suffer from; all good but too few is `short`.
function reasonOf(lines: readonly ReceivedLine[]): string {
  const units = new Map<string, number>();
  for (const line of lines) {
    if (line.inventoryType === GOOD || line.quantity === 0) continue;
    const reason = REASONS[line.inventoryType] ?? OTHER_REASON;
    units.set(reason, (units.get(reason) ?? 0) + line.quantity);
  }
  const [most] = [...units].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? SHORT;
}

// A record per line, under its place in the message: the same line is the same record.
function goodsOf(
  { key, parcel }: { readonly key: string; readonly parcel: Parcel },
  lines: readonly ReceivedLine[],
  isWanted: (line: ReceivedLine) => boolean = () => true,
): Goods[] {
  return lines.flatMap((line, index) =>
    line.quantity > 0 && isWanted(line)
      ? [
          {
            ...parcel,
            wmsReference: `${key}:goods:${index + 1}`,
            sku: line.itemCode.slice(0, 64),
            quantity: line.quantity,
          },
        ]
      : [],
  );
}

function parcelsOf(
  key: string,
  parcels: readonly Parcel[],
  task: WarehouseTask | undefined,
): Goods[] {
  return parcels.map((parcel, index) => ({
    ...parcel,
    wmsReference: `${key}:parcel:${index + 1}`,
    sku: task?.sku ?? "",
    quantity: task?.quantity ?? 0,
  }));
}
