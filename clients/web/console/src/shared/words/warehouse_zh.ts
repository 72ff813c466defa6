export const warehouseZh = {
  // Reasons that a warehouse system behind a bridge gives.
  warehouseReason: {
    defective: "残次品",
    machine_damage: "机损",
    other_damage: "其他损坏",
    short: "少于应收数量",
    wms_refused: "仓储系统拒绝单据",
    wms_reject: "仓库拒单",
    wms_exception: "仓库处理异常",
    wms_canceled: "仓库已取消单据",
    wms_closed: "仓库已关闭单据",
  },
};
