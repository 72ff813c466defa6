// 平台侧的评价：页面用词、评价、差异原因。
export const ratingsZh = {
  rating: {
    refunds: "退款",
    ratings: "评价",
    kinds: "平台对象",
    empty: "还没有平台推送的评价",
    emptyHint: "店铺的同步程序推送评价后，中差评会自动登记为评价单，并随平台变化。",
    noneDiffer: "平台评价与评价单一致",
    id: "平台评价编号",
    now: "平台评价",
    case: "评价单",
    none: "无需处理",
  },
  platformRating: {
    good: "好评",
    neutral: "中评",
    bad: "差评",
    removed: "已删除",
    UNKNOWN: "未给出",
  },
  platformAttention: {
    TIME_UNKNOWN: "平台未给出评价时间",
    RATING_DIFFERS: "评价不一致",
  },
};
