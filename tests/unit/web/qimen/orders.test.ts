import { create } from "@bufbuild/protobuf";
import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  TaskKind,
  WarehouseTaskSchema,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { describe, expect, test } from "vitest";

import { cancelOrder, orderFor } from "../../../../clients/web/qimen/src/mapping/orders.ts";
import { parseXml, writeXml } from "../../../../clients/web/qimen/src/protocol/xml.ts";

const warehouse = { warehouseCode: "W1", ownerCode: "H1" };
const base = {
  taskId: "7",
  orderId: "70",
  sku: "MUG",
  title: 'Mug "A" & B',
  quantity: 2,
  carrier: "SF",
  trackingNumber: "YD1",
};

function sent(kind: TaskKind, variant: RefundVariant, more: Partial<typeof base> = {}) {
  const task = create(WarehouseTaskSchema, { ...base, ...more, kind });
  const { method, message } = orderFor(task, { variant }, warehouse, 0);
  return { method, request: parseXml(writeXml(message)) };
}

describe("Order", () => {
  test("OfAReturnHasTheTasksIdAndPlan", () => {
    const { method, request } = sent(TaskKind.INBOUND_RETURN, RefundVariant.RETURN_AND_REFUND);
    expect(method).toBe("returnorder.create");
    const order = request.child("returnOrder");
    expect(order?.text("returnOrderCode")).toBe("7");
    expect(order?.text("orderType")).toBe("THRK");
    expect(order?.text("preDeliveryOrderCode")).toBe("70");
    expect([order?.text("logisticsCode"), order?.text("expressCode")]).toEqual(["SF", "YD1"]);
    const [line] = request.list("orderLines", "orderLine");
    expect([line?.text("itemCode"), line?.text("planQty")]).toEqual(["MUG", "2"]);
    expect([line?.text("ownerCode"), line?.text("itemName")]).toEqual(["H1", 'Mug "A" & B']);
  });

  test.each([
    [TaskKind.INBOUND_RETURN, RefundVariant.EXCHANGE, "returnOrder", "HHRK"],
    [TaskKind.OUTBOUND_REPLACEMENT, RefundVariant.EXCHANGE, "deliveryOrder", "HHCK"],
    [TaskKind.OUTBOUND_REPLACEMENT, RefundVariant.RESHIP, "deliveryOrder", "BFCK"],
    [TaskKind.SEND_BACK, RefundVariant.RETURN_AND_REFUND, "deliveryOrder", "QTCK"],
  ])("HasTheTypeOfItsWork %i %i", (kind, variant, element, type) => {
    expect(sent(kind, variant).request.child(element)?.text("orderType")).toBe(type);
  });

  test("NamesACarrierThatIsNoCode", () => {
    const { request } = sent(TaskKind.INBOUND_RETURN, RefundVariant.RETURN_AND_REFUND, {
      carrier: "顺丰",
      trackingNumber: "",
    });
    const order = request.child("returnOrder");
    expect([order?.text("logisticsCode"), order?.text("logisticsName")]).toEqual(["OTHER", "顺丰"]);
    expect(order?.child("expressCode")).toBeUndefined();
  });

  test("OfAParcelToBeStoppedNamesTheParcel", () => {
    const { method, request } = sent(TaskKind.INTERCEPT, RefundVariant.REFUND_ONLY);
    expect([method, request.text("orderCode"), request.text("expressCode")]).toEqual([
      "sendgoods.cancel",
      "7",
      "YD1",
    ]);
  });

  test("IsCalledOffByItsCodeAndType", () => {
    const task = create(WarehouseTaskSchema, { ...base, kind: TaskKind.INBOUND_RETURN });
    const request = parseXml(
      writeXml(cancelOrder(task, { variant: RefundVariant.EXCHANGE }, warehouse)),
    );
    expect([request.text("orderCode"), request.text("orderType")]).toEqual(["7", "HHRK"]);
  });
});
