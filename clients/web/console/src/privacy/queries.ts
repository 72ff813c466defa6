import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
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

export function useRetentionRules() {
  const { api, shop } = useWork();
  return useQueries({
    queries: keepers.map((service) => ({
      queryKey: [shop.shopId, "retention", "rules", service],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await api.personalData.previewRetention({}, { signal, ...at(service) })).rules,
    })),
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
