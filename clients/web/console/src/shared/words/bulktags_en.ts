import type { bulktagsZh } from "./bulktags_zh";

export const bulktagsEn: typeof bulktagsZh = {
  bulkTag: {
    selection: "Ticked buyers",
    choose: "Tick buyers to tag them together",
    chosen: "{{count}} ticked",
    most: "(at most 1,000 at once)",
    begin: "Tag them",
    clear: "Untick all",
    title: "A tag for {{count}} buyers",
    act: "What to do",
    tag: "Tag",
    show: "Buyers",
    taggedOf: "Buyers with “{{name}}”",
    taggedHint: "What was just changed shows here within seconds.",
    noneTagged: "No buyer has this tag",
    noneTaggedHint: "Tick buyers in their list or in a segment to add it.",
    byHand: "by hand",
  },
  bulkTagAct: { set: "Add", deny: "Take away", handBack: "Let the rule decide" },
  bulkTagHint: {
    set: "Added by hand, which stands above the tag's rule.",
    deny: "The tag's rule does not add it again either, until it is left to the rule.",
    handBack: "What was decided by hand is dropped; the tag's rule decides.",
  },
  tagResult: {
    TAG_RESULT_UNSPECIFIED: "Unknown; look at the buyer's page",
    TAG_RESULT_CHANGED: "Done",
    TAG_RESULT_UNCHANGED: "It was so already",
    TAG_RESULT_NOT_FOUND: "The shop has no such buyer",
  },
  segmentCount: {
    exact: "{{count}} people, counted",
    hint: "Numbers in the list are counted now and then, at the time beside them; opening a segment counts anew.",
  },
};
