import { useInfiniteQuery } from "@tanstack/react-query";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { requestOf, type Filter } from "./filter";

// The queue's pages, read again every few seconds while somebody looks.
export function useQueue(filter: Filter) {
  const { api, shop, session } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "cases", filter],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.cases.listCases(
        { ...requestOf(filter, session.accountId), pageToken: pageParam },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    refetchInterval: refresh_ms,
    select: (read) => read.pages.flatMap((page) => page.cases),
    placeholderData: (previous) => previous,
  });
}
