// Our tasks as Qimen's orders. The order's code is the task's id, so that a repeat is the same
// order to the warehouse system and its confirmation names the task. No contact data goes out: the
// original delivery (preDeliveryOrderCode, the order's id) tells the warehouse who the buyer is.
import { RefundVariant, type Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  TaskKind,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";

import { timestampOf } from "../protocol/envelope.ts";
import type { Part } from "../protocol/xml.ts";

/** How the warehouse system names our side. */
export interface Warehouse {
  readonly warehouseCode: string;
  readonly ownerCode: string;
}

export interface Order {
  readonly method: "returnorder.create" | "deliveryorder.create" | "sendgoods.cancel";
  readonly message: Part;
}

const CARRIER_CODE = /^[A-Z0-9]{2,20}$/;

export function orderFor(
  task: WarehouseTask,
  of: Pick<Case, "variant">,
  warehouse: Warehouse,
  nowMs: number,
): Order {
  switch (task.kind) {
    case TaskKind.INBOUND_RETURN:
      return { method: "returnorder.create", message: returnOrder(task, of, warehouse) };
    case TaskKind.INTERCEPT:
      return { method: "sendgoods.cancel", message: cancellation(task, warehouse, "refund") };
    default:
      return { method: "deliveryorder.create", message: delivery(task, of, warehouse, nowMs) };
  }
}

/** order.cancel: the case wants the goods work no more. */
export function cancelOrder(
  task: WarehouseTask,
  of: Pick<Case, "variant">,
  warehouse: Warehouse,
): Part {
  return cancellation(task, warehouse, "withdrawn", ["orderType", orderTypeOf(task, of)]);
}

function orderTypeOf(task: WarehouseTask, { variant }: Pick<Case, "variant">): string {
  const isExchange = variant === RefundVariant.EXCHANGE;
  switch (task.kind) {
    case TaskKind.INBOUND_RETURN:
      return isExchange ? "HHRK" : "THRK";
    case TaskKind.OUTBOUND_REPLACEMENT:
      return isExchange ? "HHCK" : "BFCK";
    default:
      return "QTCK";
  }
}

function returnOrder(task: WarehouseTask, of: Pick<Case, "variant">, to: Warehouse): Part {
  return [
    "request",
    [
      [
        "returnOrder",
        [
          ["returnOrderCode", task.taskId],
          ["warehouseCode", to.warehouseCode],
          ["orderType", orderTypeOf(task, of)],
          ["preDeliveryOrderCode", task.orderId],
          ...carrierOf(task),
          task.trackingNumber === "" ? undefined : ["expressCode", task.trackingNumber],
        ],
      ],
      linesOf(task, to),
    ],
  ];
}

function delivery(
  task: WarehouseTask,
  of: Pick<Case, "variant">,
  to: Warehouse,
  nowMs: number,
): Part {
  return [
    "request",
    [
      [
        "deliveryOrder",
        [
          ["deliveryOrderCode", task.taskId],
          ["preDeliveryOrderCode", task.orderId],
          ["orderType", orderTypeOf(task, of)],
          ["warehouseCode", to.warehouseCode],
          ["sourcePlatformCode", "OTHER"],
          ["createTime", timestampOf(Number(task.createTime?.seconds ?? 0n) * 1000)],
          ["operateTime", timestampOf(nowMs)],
          ["logisticsCode", "OTHER"],
        ],
      ],
      linesOf(task, to),
    ],
  ];
}

function cancellation(task: WarehouseTask, to: Warehouse, reason: string, type?: Part): Part {
  return [
    "request",
    [
      ["warehouseCode", to.warehouseCode],
      ["ownerCode", to.ownerCode],
      ["orderCode", task.taskId],
      type,
      ["preDeliveryOrderCode", task.orderId],
      ...carrierOf(task),
      task.trackingNumber === "" ? undefined : ["expressCode", task.trackingNumber],
      ["cancelReason", reason],
    ],
  ];
}

// logisticsCode is mandatory: a carrier that is no code goes along as a name.
function carrierOf({ carrier }: WarehouseTask): (Part | undefined)[] {
  return [
    ["logisticsCode", CARRIER_CODE.test(carrier) ? carrier : "OTHER"],
    carrier === "" ? undefined : ["logisticsName", carrier],
  ];
}

function linesOf(task: WarehouseTask, to: Warehouse): Part {
  return [
    "orderLines",
    [
      [
        "orderLine",
        [
          ["orderLineNo", "1"],
          ["ownerCode", to.ownerCode],
          ["itemCode", task.sku],
          task.title === "" ? undefined : ["itemName", task.title.slice(0, 200)],
          ["planQty", task.quantity],
          ["inventoryType", "ZP"],
        ],
      ],
    ],
  ];
}
