import type { TimelineKind } from "@redress/contract/redress/customer/v1/timeline_service_pb";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";

// What a merge and its undoing make read again: who is one person, and what is shown of them.
export const mergeTopics = [
  "timeline",
  "person",
  "merges",
  "duplicates",
  "customer",
  "customers",
  "notes",
  "customer tags",
];

// A person and what happened with them. Only the first page tells of the person.
export function useTimeline(customerId: string, kinds: TimelineKind[], pageSize: number) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "timeline", customerId, kinds, pageSize],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.timelines.getTimeline(
        {
          key: { case: "customerId", value: customerId },
          kinds,
          pageSize,
          pageToken: pageParam,
        },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => {
      const first = read.pages[0];
      if (!first?.customer) throw new Error("the answer has no customer");
      return {
        ...first,
        customer: first.customer,
        entries: read.pages.flatMap((page) => page.entries),
      };
    },
    // Another choice of kinds keeps the person on the screen, another person does not.
    placeholderData: (previous, query) =>
      query?.queryKey[2] === customerId ? keepPreviousData(previous) : undefined,
  });
}

export type PersonRead = NonNullable<ReturnType<typeof useTimeline>["data"]>;

export function useTagExplanation(customerId: string, tagCode: string, enabled: boolean) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "tags", "why", customerId, tagCode],
    queryFn: async ({ signal }) => {
      const { explanation } = await api.tags.explainTag({ customerId, tagCode }, { signal });
      if (!explanation) throw new Error("the answer has no explanation");
      return explanation;
    },
    enabled,
  });
}

export function useRfmBounds(enabled: boolean) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "rfm"],
    queryFn: async ({ signal }) => (await api.rfm.getRfm({}, { signal })).bounds ?? null,
    enabled,
    staleTime: 60_000,
  });
}

export function useMerges(customerId: string) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "merges", customerId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.persons.listMerges({ customerId, pageSize: 20, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.merges),
  });
}
