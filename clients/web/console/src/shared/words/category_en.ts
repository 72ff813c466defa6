import type { categoryZh } from "./category_zh";

// Goods that cannot be returned.
export const categoryEn: typeof categoryZh = {
  notReturnable: {
    title: "Not returnable",
    mark: "Mark as not returnable",
    takeBack: "Take the mark back",
    hint: "Approving needs a supervisor; rejecting is free.",
  },
  notReturnableReason: {
    custom_made: "Custom-made",
    fresh: "Fresh goods",
    digital: "Digital goods",
    opened: "Opened",
  },
  event: { mark_not_returnable: "Marked as not returnable" },
  enumValue: {
    NOT_RETURNABLE_REASON_UNSPECIFIED: "None",
    NOT_RETURNABLE_REASON_CUSTOM_MADE: "Custom-made",
    NOT_RETURNABLE_REASON_FRESH: "Fresh goods",
    NOT_RETURNABLE_REASON_DIGITAL: "Digital goods",
    NOT_RETURNABLE_REASON_OPENED: "Opened",
  },
};
