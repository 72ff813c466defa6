import dayjs from "dayjs";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useWork } from "../session/work";
import { dayIn } from "../shared/format/time";
import type { Days } from "./queries";

// What the page shows; lives in the address, so that it can be shared and gone back to.
export type Behind = "day" | "agent" | "items";
const behinds: Behind[] = ["day", "agent", "items"];
const usualDays = 7;
const dayForm = "YYYY-MM-DD";

export interface View {
  // Empty for the first one.
  figureId: string;
  behind: Behind;
  // Undefined for the last seven days, which move on with the day.
  days: Days | undefined;
}

export function lastDays(zone: string, count = usualDays): Days {
  const toDay = dayIn(zone, Date.now());
  const fromDay = dayjs(toDay).subtract(count - 1, "day");
  return { fromDay: fromDay.format(dayForm), toDay };
}

// A day of the calendar, not only of its form.
function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && dayjs(text).format(dayForm) === text;
}

// The span of days that an address names; undefined where it names none.
export function spanIn(search: URLSearchParams): Days | undefined {
  const [fromDay, toDay] = [search.get("from") ?? "", search.get("to") ?? ""];
  const isSpan = isDay(fromDay) && isDay(toDay) && fromDay <= toDay;
  return isSpan ? { fromDay, toDay } : undefined;
}

export function viewOf(search: URLSearchParams): View {
  return {
    figureId: search.get("figure") ?? "",
    behind: behinds.find((one) => one === search.get("behind")) ?? "day",
    days: spanIn(search),
  };
}

export function searchOf(view: View): URLSearchParams {
  const search = new URLSearchParams();
  if (view.figureId) search.set("figure", view.figureId);
  if (view.behind !== "day") search.set("behind", view.behind);
  if (view.days) {
    search.set("from", view.days.fromDay);
    search.set("to", view.days.toDay);
  }
  return search;
}

// The address's view with its days, and the way to another one. What is chosen replaces the place
// in the history: going back from a case leads to what was looked at, not through every look.
export function useView() {
  const { shop } = useWork();
  const [search, setSearch] = useSearchParams();
  const view = viewOf(search);
  const { fromDay, toDay } = view.days ?? lastDays(shop.timeZone);
  const days = useMemo(() => ({ fromDay, toDay }), [fromDay, toDay]);
  const choose = (changed: Partial<View>) =>
    setSearch((known) => searchOf({ ...viewOf(known), ...changed }), { replace: true });
  return { view, days, choose };
}
