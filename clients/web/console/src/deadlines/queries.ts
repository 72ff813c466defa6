import type { BusinessCalendar } from "@redress/contract/redress/aftersales/v1/deadline_service_pb";
import type { DeadlineRule } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";

interface Page<T> {
  items: T[];
  nextPageToken: string;
}

// A shop has few of these; what depends on all of them needs all pages.
async function readAll<T>(read: (pageToken: string) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let pageToken = "";
  do {
    const page = await read(pageToken);
    all.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return all;
}

export function useRules() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "deadline-rules"],
    queryFn: ({ signal }) =>
      readAll<DeadlineRule>(async (pageToken) => {
        const page = await api.workflows.listDeadlineRules(
          { pageToken, pageSize: 1000 },
          { signal },
        );
        return { items: page.rules, nextPageToken: page.nextPageToken };
      }),
  });
}

export function useCalendars() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "calendars"],
    queryFn: ({ signal }) =>
      readAll<BusinessCalendar>(async (pageToken) => {
        const page = await api.deadlines.listCalendars({ pageToken, pageSize: 200 }, { signal });
        return { items: page.calendars, nextPageToken: page.nextPageToken };
      }),
  });
}
