import i18next, { type TFunction } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import {
  dayIn,
  deadlineText,
  formatTime,
  momentIn,
  spanText,
  urgencyOf,
} from "../../../../clients/web/console/src/shared/format/time";
import { en } from "../../../../clients/web/console/src/shared/words/en";
import { zh } from "../../../../clients/web/console/src/shared/words/zh";

const hour = 3_600_000;
let inChinese: TFunction;
let inEnglish: TFunction;

beforeAll(async () => {
  const resources = { zh: { translation: zh }, en: { translation: en } };
  const words = i18next.createInstance();
  await words.init({ lng: "zh", resources });
  inChinese = words.getFixedT("zh");
  inEnglish = words.getFixedT("en");
});

describe("A span of time", () => {
  it("is told in its two largest units", () => {
    expect(spanText(26 * hour + 59_000, inChinese)).toBe("1天 2小时");
    expect(spanText(2 * hour + 5 * 60_000 + 9_000, inEnglish)).toBe("2 h 5 min");
    expect(spanText(61_000, inChinese)).toBe("1分 1秒");
    expect(spanText(0, inEnglish)).toBe("0 s");
  });

  it("leaves a unit out that would only say zero", () => {
    expect(spanText(24 * hour + 30_000, inEnglish)).toBe("1 d");
  });
});

describe("A deadline", () => {
  it("counts down, and then up", () => {
    expect(deadlineText(3 * hour, 0, inChinese)).toBe("剩 3小时");
    expect(deadlineText(0, 3 * hour, inEnglish)).toBe("3 h overdue");
  });

  it("is near within two hours and over at its moment", () => {
    expect(urgencyOf(3 * hour, 0)).toBe("far");
    expect(urgencyOf(2 * hour - 1, 0)).toBe("near");
    expect(urgencyOf(hour, hour)).toBe("over");
  });
});

describe("A moment", () => {
  it("is shown in the shop's zone", () => {
    const moment = { $typeName: "google.protobuf.Timestamp" as const, seconds: 0n, nanos: 0 };
    expect(formatTime(moment, "zh-CN", "Asia/Shanghai")).toBe("1970/01/01 08:00");
    expect(formatTime(moment, "zh-CN", "Europe/London")).toBe("1970/01/01 01:00");
  });

  it("belongs to a day of the shop's zone", () => {
    const lateInLondon = Date.UTC(2026, 0, 1, 20);
    expect(dayIn("Asia/Shanghai", lateInLondon)).toBe("2026-01-02");
    expect(dayIn("Europe/London", lateInLondon)).toBe("2026-01-01");
  });
});

describe("A time that clocks show", () => {
  it("is a moment of the zone's, not of the browser's", () => {
    expect(momentIn("Asia/Shanghai", "2026-11-22 13:45")).toBe(Date.UTC(2026, 10, 22, 5, 45));
    expect(momentIn("America/New_York", "2026-11-22 23:30")).toBe(Date.UTC(2026, 10, 23, 4, 30));
    expect(momentIn("Asia/Kolkata", "2026-01-01 00:00")).toBe(Date.UTC(2025, 11, 31, 18, 30));
  });

  it("is the first of two, and as much later as clocks jump where they skip it", () => {
    expect(momentIn("Europe/London", "2026-10-25 01:30")).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(momentIn("Europe/London", "2026-03-29 01:30")).toBe(Date.UTC(2026, 2, 29, 1, 30));
  });

  it("is right on the hours around a change", () => {
    expect(momentIn("Europe/London", "2026-03-29 00:59")).toBe(Date.UTC(2026, 2, 29, 0, 59));
    expect(momentIn("Europe/London", "2026-03-29 02:00")).toBe(Date.UTC(2026, 2, 29, 1, 0));
    expect(momentIn("Europe/London", "2026-10-25 02:00")).toBe(Date.UTC(2026, 9, 25, 2, 0));
  });
});
