import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { BusinessCalendarSchema } from "@redress/contract/redress/aftersales/v1/deadline_service_pb";
import { DeadlineRuleSchema } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { describe, expect, it } from "vitest";
import {
  hoursOf,
  hoursText,
  specialDaysOf,
  specialDaysText,
} from "../../../../clients/web/console/src/deadlines/hours";
import {
  lastSet,
  lastVersion,
  placeOf,
  standingsOf,
} from "../../../../clients/web/console/src/deadlines/standing";

describe("Hours", () => {
  it("are read as people write them", () => {
    expect(hoursOf("09:00-12:00，13:30-24:00")).toEqual([
      { fromMinute: 540, toMinute: 720 },
      { fromMinute: 810, toMinute: 1440 },
    ]);
    expect(hoursOf(" ")).toEqual([]);
    expect(hoursText(hoursOf("9:00-12:00") ?? [])).toBe("09:00-12:00");
  });

  it.each(["9-12", "12:00-09:00", "09:00-12:60", "09:00-10:00,09:30-11:00", "25:00-26:00"])(
    "%s are none",
    (text) => {
      expect(hoursOf(text)).toBeUndefined();
    },
  );

  it("of special days come one a line, and go back the same way", () => {
    const { days, wrong } = specialDaysOf("2026-10-01 休息 国庆节\n\n2026-10-10 09:00-12:00");
    expect(wrong).toBeUndefined();
    const calendar = create(BusinessCalendarSchema, { specialDays: days });
    expect(specialDaysText(calendar, "closed")).toBe(
      "2026-10-01 closed 国庆节\n2026-10-10 09:00-12:00",
    );
  });

  it("of special days name the line that is wrong", () => {
    expect(specialDaysOf("2026-10-01 closed\n2026-10-02 some").wrong).toEqual({
      line: 2,
      text: "2026-10-02 some",
    });
  });
});

function rule(version: number, fromMs: number, platform = "") {
  return create(DeadlineRuleSchema, {
    rule: "inspection",
    own: version > 0,
    version,
    platform,
    effectiveTime: timestampFromMs(fromMs),
  });
}

describe("A rule's standing", () => {
  it("is that of its date, and of its version on one date", () => {
    const rules = [rule(0, 0), rule(1, 10), rule(2, 20), rule(3, 20), rule(4, 40)];
    expect(standingsOf(rules, 30)).toEqual(["standard", "past", "past", "inForce", "later"]);
  });

  it("is told per scope", () => {
    const rules = [rule(1, 10), rule(1, 5, "taobao")];
    expect(standingsOf(rules, 30)).toEqual(["inForce", "inForce"]);
    expect(lastVersion(rules, placeOf(rule(0, 0, "taobao")))).toBe(1);
    expect(lastVersion(rules, placeOf(rule(0, 0, "direct")))).toBe(0);
  });

  it("is compared with what was set last in its place", () => {
    const rules = [rule(0, 0), rule(2, 20), rule(1, 30), rule(3, 5, "taobao")];
    expect(lastSet(rules, placeOf(rule(0, 0)))?.version).toBe(2);
    expect(lastSet(rules, placeOf(rule(0, 0, "direct")))).toBeUndefined();
  });
});
