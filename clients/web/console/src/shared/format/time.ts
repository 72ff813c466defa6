import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { TFunction } from "i18next";

// Times are shown in the shop's zone, never in the browser's.

export function millisOf(time: Timestamp | undefined): number | undefined {
  return time && Number(time.seconds) * 1000 + Math.floor(time.nanos / 1_000_000);
}

export function formatTime(time: Timestamp | undefined, locale: string, zone: string): string {
  const millis = millisOf(time);
  if (millis === undefined) return "—";
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(millis);
}

// The calendar day of a moment in a zone, YYYY-MM-DD.
export function dayIn(zone: string, millis: number): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  return parts.format(millis);
}

// What clocks in a zone show at a moment, as if it were UTC.
function shownIn(zone: string, millis: number): number {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(millis).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  return Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
}

// The moment at which clocks in a zone show a time, "2026-11-22 13:45". Of a time that they show
// twice the first; of one that they skip, as much later as they jump.
export function momentIn(zone: string, shown: string): number {
  const wanted = Date.parse(`${shown.replace(" ", "T")}Z`);
  const day_ms = 86_400_000;
  const offsets = [wanted - day_ms, wanted + day_ms].map((near) => shownIn(zone, near) - near);
  const moments = offsets.map((offset) => wanted - offset);
  const fitting = moments.filter((moment) => shownIn(zone, moment) === wanted);
  return fitting.length > 0 ? Math.min(...fitting) : Math.max(...moments);
}

// "2天 3小时", "4 min 10 s": the two largest units; seconds only below an hour.
export function spanText(millis: number, t: TFunction): string {
  let rest = Math.floor(Math.abs(millis) / 1000);
  const units: [string, number][] = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const parts: string[] = [];
  for (const [unit, seconds] of units) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0 || (unit === "second" && parts.length === 0)) {
      parts.push(t(`time.${unit}`, { count }));
    } else if (parts.length > 0) {
      break;
    }
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}

export type Urgency = "over" | "near" | "far";

// How a deadline stands at `now`: past, within two hours, or further away.
export function urgencyOf(dueMillis: number, nowMillis: number): Urgency {
  if (dueMillis <= nowMillis) return "over";
  return dueMillis - nowMillis < 2 * 3_600_000 ? "near" : "far";
}

export function deadlineText(dueMillis: number, nowMillis: number, t: TFunction): string {
  const time = spanText(dueMillis - nowMillis, t);
  return t(dueMillis <= nowMillis ? "queue.overdue" : "queue.left", { time });
}
