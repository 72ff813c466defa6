import { useInfiniteQuery } from "@tanstack/react-query";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";

// As much of a paged reading as its button needs.
export interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export function useRefunds(attentionOnly: boolean) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "platform-refunds", attentionOnly],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.platform.listPlatformRefunds(
        { attentionOnly, pageToken: pageParam, pageSize: 50 },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.refunds),
    refetchInterval: refresh_ms,
    placeholderData: (previous) => previous,
  });
}

export function useRatings(attentionOnly: boolean) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "platform-ratings", attentionOnly],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.platform.listPlatformRatings(
        { attentionOnly, pageToken: pageParam, pageSize: 50 },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.ratings),
    refetchInterval: refresh_ms,
    placeholderData: (previous) => previous,
  });
}

export function useUnmapped() {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "platform-unmapped"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.platform.listUnmapped({ pageToken: pageParam, pageSize: 50 }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.unmapped),
    refetchInterval: refresh_ms,
  });
}
