// 批量打标签，以及带某个标签的买家。
export const bulktagsZh = {
  bulkTag: {
    selection: "选中的买家",
    choose: "勾选买家后可批量打标签",
    chosen: "已选 {{count}} 位",
    most: "（一次最多 1000 位）",
    begin: "批量打标签",
    clear: "取消选择",
    title: "为 {{count}} 位买家打标签",
    act: "操作",
    tag: "标签",
    show: "买家",
    taggedOf: "带“{{name}}”标签的买家",
    taggedHint: "刚刚的改动会在几秒内反映到这里。",
    noneTagged: "没有买家带这个标签",
    noneTaggedHint: "可在买家列表、人群成员中勾选后批量添加。",
    byHand: "手工添加",
  },
  bulkTagAct: { set: "添加", deny: "移除", handBack: "交回规则" },
  bulkTagHint: {
    set: "手工添加，优先于标签的规则。",
    deny: "移除后，标签的规则也不会再添加，直到交回规则。",
    handBack: "撤销手工的决定，由标签的规则判断。",
  },
  tagResult: {
    TAG_RESULT_UNSPECIFIED: "结果不明，请在买家页核对",
    TAG_RESULT_CHANGED: "已完成",
    TAG_RESULT_UNCHANGED: "本来就是这样",
    TAG_RESULT_NOT_FOUND: "店铺里没有这位买家",
  },
  segmentCount: {
    exact: "现有 {{count}} 位，统计于",
    hint: "列表里的人数由后台定期统计，以统计时间为准；打开人群会立即重新统计。",
  },
};
