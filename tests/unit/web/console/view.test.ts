import { describe, expect, it } from "vitest";
import { searchOf, viewOf } from "../../../../clients/web/console/src/figures/view";

const usual = { figureId: "", behind: "day", days: undefined };

function read(text: string) {
  return viewOf(new URLSearchParams(text));
}

describe("The figures' address", () => {
  it("AnEmptyOneIsTheUsualView", () => {
    expect(read("")).toEqual(usual);
    expect(searchOf(read("")).toString()).toBe("");
  });

  it("WhatIsChosenIsReadBack", () => {
    const days = { fromDay: "2026-02-01", toDay: "2026-02-28" };
    const view = { figureId: "refund_rate", behind: "items" as const, days };
    expect(viewOf(searchOf(view))).toEqual(view);
  });

  it.each(["from=2026-02-01", "to=2026-02-01", "from=2026-02-30&to=2026-03-01"])(
    "DaysThatAreNoSpanAreTheUsualOnes %s",
    (text) => {
      expect(read(text)).toEqual(usual);
    },
  );

  it("DaysTheWrongWayRoundAreTheUsualOnes", () => {
    expect(read("from=2026-03-02&to=2026-03-01")).toEqual(usual);
  });

  it("AnUnknownLookIsTheUsualOne", () => {
    expect(read("behind=nowhere")).toEqual(usual);
  });
});
