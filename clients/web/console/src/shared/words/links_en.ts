import type { linksZh } from "./links_zh";

export const linksEn: typeof linksZh = {
  link: {
    title: "Linked cases",
    asks: "Asked and not done",
    waiting: "waits for the other case",
    refused: "refused: {{refusal}}",
    repeats: "Repeats an earlier case",
    noRepeat: "No repeat",
  },
  relation: {
    CASE_RELATION_UNSPECIFIED: "Linked",
    CASE_RELATION_ESCALATED_TO: "Escalated to",
    CASE_RELATION_ESCALATED_FROM: "Escalated from",
    CASE_RELATION_REMEDY: "Given by",
    CASE_RELATION_REMEDY_OF: "Gives the remedy of",
    CASE_RELATION_REPEATS: "Repeats",
    CASE_RELATION_REPEATED_BY: "Repeated by",
    CASE_RELATION_DISPUTED_IN: "Its fault is disputed in",
    CASE_RELATION_REVEALED_BY: "Revealed by",
  },
};
