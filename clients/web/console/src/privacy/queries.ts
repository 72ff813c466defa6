import type { RetentionRule } from "@redress/contract/redress/privacy/v1/personal_data_service_pb";
import { queryOptions, useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { at, keepers } from "../shared/api/api";

export function useReveals(accountId: string, customerId: string) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "reveals", accountId, customerId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.privacy.listReveals(
        { accountId, customerId, pageSize: 50, pageToken: pageParam },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.reveals),
    placeholderData: (previous) => previous,
  });
}

export function useErasures() {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "erasures"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.privacy.listErasures({ pageSize: 50, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.erasures),
    refetchInterval: refresh_ms,
  });
}

// One reading per service, whether or not the others answer.
export function useKeyStatuses() {
  const { api, shop } = useWork();
  return useQueries({
    queries: keepers.map((service) => ({
      queryKey: [shop.shopId, "keys", service],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await api.keys.getKeyStatus({}, { signal, ...at(service) })).status ?? null,
      refetchInterval: refresh_ms,
    })),
  }).map((read, place) => ({ service: keepers[place] ?? "", read }));
}

export interface SavedMonths {
  // The setting.
  name: string;
  months: number;
  saveTime_ms: number;
}

const follow_ms = 2_000;
const mostFollowing_ms = 60_000;

function isAwaited({ name, months, saveTime_ms }: SavedMonths, rules: RetentionRule[]): boolean {
  if (Date.now() - saveTime_ms > mostFollowing_ms) return false;
  return rules.some((rule) => rule.setting === name && rule.months !== months);
}

// Services learn of a setting some seconds after it was saved: until then they are asked again.
export function useRetentionRules(saved?: SavedMonths) {
  const { api, shop } = useWork();
  return useQueries({
    queries: keepers.map((service) =>
      queryOptions({
        queryKey: [shop.shopId, "retention", "rules", service],
        queryFn: async ({ signal }) =>
          (await api.personalData.previewRetention({}, { signal, ...at(service) })).rules,
        refetchInterval: (query) =>
          saved !== undefined && isAwaited(saved, query.state.data ?? []) && follow_ms,
      }),
    ),
  }).map((read, place) => ({ service: keepers[place] ?? "", read }));
}

export function useRetentionRuns(service: string) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "retention", "runs", service],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.personalData.listRetentionRuns(
        { pageSize: 50, pageToken: pageParam },
        { signal, ...at(service) },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.runs),
  });
}
