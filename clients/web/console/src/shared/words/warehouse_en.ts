import type { warehouseZh } from "./warehouse_zh";

export const warehouseEn: typeof warehouseZh = {
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
