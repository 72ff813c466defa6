// Goods that cannot be returned.
export const categoryZh = {
  notReturnable: {
    title: "不支持退货",
    mark: "标记为不支持退货",
    takeBack: "取消标记",
    hint: "同意退款须由主管审批；可以直接拒绝。",
  },
  notReturnableReason: {
    custom_made: "定制商品",
    fresh: "生鲜",
    digital: "数字商品",
    opened: "已拆封",
  },
  event: { mark_not_returnable: "标记不支持退货" },
  enumValue: {
    NOT_RETURNABLE_REASON_UNSPECIFIED: "无",
    NOT_RETURNABLE_REASON_CUSTOM_MADE: "定制商品",
    NOT_RETURNABLE_REASON_FRESH: "生鲜",
    NOT_RETURNABLE_REASON_DIGITAL: "数字商品",
    NOT_RETURNABLE_REASON_OPENED: "已拆封",
  },
};
