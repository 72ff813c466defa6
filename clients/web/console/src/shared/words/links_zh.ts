// How cases hang together.
export const linksZh = {
  link: {
    title: "关联售后单",
    asks: "尚未办成的请求",
    waiting: "等待对方处理",
    refused: "被拒绝：{{refusal}}",
    repeats: "重复的售后单",
    noRepeat: "不是重复",
  },
  relation: {
    CASE_RELATION_UNSPECIFIED: "关联",
    CASE_RELATION_ESCALATED_TO: "已升级为纠纷",
    CASE_RELATION_ESCALATED_FROM: "由退款升级而来",
    CASE_RELATION_REMEDY: "由此退款执行",
    CASE_RELATION_REMEDY_OF: "执行该纠纷的结果",
    CASE_RELATION_REPEATS: "重复于",
    CASE_RELATION_REPEATED_BY: "之后又发生",
    CASE_RELATION_DISPUTED_IN: "问题转入纠纷",
    CASE_RELATION_REVEALED_BY: "由评价反映",
  },
};
