import type {
  BusinessCalendar,
  OpenHours,
} from "@redress/contract/redress/aftersales/v1/deadline_service_pb";

// Hours as people write them: "09:00-12:00,13:30-18:00".

type Shift = Pick<OpenHours, "fromMinute" | "toMinute">;
export interface Day {
  date: string;
  name: string;
  hours: Shift[];
}

function minuteOf(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!match) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minute <= 1440 ? minute : undefined;
}

function clock(minute: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

// Nothing where the text is none; an empty one is a closed day.
export function hoursOf(text: string): Shift[] | undefined {
  if (text.trim() === "") return [];
  const shifts: Shift[] = [];
  let end = 0;
  for (const part of text.split(/[,，]/)) {
    const [from, to] = part.split(/[-–—~]/).map(minuteOf);
    if (from === undefined || to === undefined || from >= to || from < end) return undefined;
    shifts.push({ fromMinute: from, toMinute: to });
    end = to;
  }
  return shifts;
}

export function hoursText(hours: Shift[]): string {
  return hours.map((one) => `${clock(one.fromMinute)}-${clock(one.toMinute)}`).join(",");
}

// One day a line: the date, its hours or one of the words for closed, and a name.
export function specialDaysOf(text: string): {
  days: Day[];
  wrong?: { line: number; text: string };
} {
  const days: Day[] = [];
  for (const [place, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const match = /^(\d{4}-\d{2}-\d{2})\s+(\S+)(?:\s+(.*))?$/.exec(line.trim());
    const closed = match && ["closed", "休息"].includes(match[2] ?? "");
    const hours = closed ? [] : match && hoursOf(match[2] ?? "");
    if (!match || !hours || (!closed && hours.length === 0)) {
      return { days, wrong: { line: place + 1, text: line.trim() } };
    }
    days.push({ date: match[1] ?? "", name: match[3] ?? "", hours });
  }
  return { days };
}

export function specialDaysText(of: BusinessCalendar, closed: string): string {
  return of.specialDays
    .map((day) => [day.date, hoursText(day.hours) || closed, day.name].filter(Boolean).join(" "))
    .join("\n");
}
