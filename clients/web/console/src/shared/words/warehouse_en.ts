import type { warehouseZh } from "./warehouse_zh";

export const warehouseEn: typeof warehouseZh = {
  changedAddress: {
    title: "Changed addresses",
    count: "Changed addresses ({{count}})",
    hint: "These orders have another receiver. Once you go by the new one, say that you know.",
    which: "Which to show",
    unknown: "To be acknowledged",
    none: "No changed address waits to be acknowledged",
    noneHint:
      "Orders whose receiver an agent or the platform changes before they are shipped come here by themselves.",
    noneEver: "No order has had its receiver changed",
    order: "Order",
    receiver: "Receiver now",
    changed: "Changed",
    by: "by {{name}}",
    platform: "the platform",
    status: "Order status",
    shippedUnknown: "Shipped, and nobody has acknowledged it: check the label",
    acknowledge: "I know",
    acknowledgeOf: "I know of the changed address of {{number}}",
    acknowledged: "The changed address of {{number}} is acknowledged",
    acknowledgedBy: "acknowledged by {{name}}",
  },
  // Reasons that a warehouse system behind a bridge gives.
  warehouseReason: {
    defective: "Defective",
    machine_damage: "Damaged by machine",
    other_damage: "Damaged otherwise",
    short: "Fewer than expected",
    wms_refused: "The warehouse system refused the order",
    wms_reject: "The warehouse rejected the order",
    wms_exception: "The warehouse met a problem",
    wms_canceled: "The warehouse cancelled the order",
    wms_closed: "The warehouse closed the order",
  },
};
