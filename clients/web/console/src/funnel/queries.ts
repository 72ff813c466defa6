import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import type { Days } from "../figures/queries";
import type { Behind } from "./behind";

export interface Asked extends Days {
  kind: string;
  // 0 for all.
  workflowVersion: number;
}

export function useFunnel(query: Asked) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "funnel", query],
    queryFn: ({ signal }) => api.funnel.getFunnel({ query }, { signal }),
    placeholderData: (previous) => previous,
    refetchInterval: refresh_ms,
  });
}

export function useCasesBehind(query: Asked, behind: Behind) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "funnel", "cases", query, behind],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.funnel.listFunnelCases({ query, behind, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.cases),
  });
}
