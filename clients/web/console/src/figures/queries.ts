import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { useStream } from "../shared/api/useStream";

// Days in the shop's zone, inclusive.
export interface Days {
  fromDay: string;
  toDay: string;
}

export function useDefinitions() {
  const { api } = useWork();
  return useQuery({
    queryKey: ["figure definitions"],
    queryFn: async ({ signal }) =>
      (await api.figures.listFigureDefinitions({}, { signal })).definitions,
    staleTime: Infinity,
  });
}

// The span's figures, as the stream sends them; each message also makes the breakdowns that are on
// the screen read themselves anew.
export function useLiveFigures(days: Days) {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const queryKey = [shop.shopId, "figures", "live", days];
  const read = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      (await api.figures.queryFigures({ query: days, pageSize: 5000 }, { signal })).values,
  });
  const liveness = useStream(
    JSON.stringify(queryKey),
    (options) => api.figures.watchFigures({ query: days }, options),
    ({ values }) => {
      queries.setQueryData(queryKey, values);
      void queries.invalidateQueries({ queryKey: [shop.shopId, "figures", "breakdown"] });
    },
  );
  return { read, liveness };
}

export function useBreakdown(figureId: string, days: Days, by: "day" | "agent") {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "figures", "breakdown", by, figureId, days],
    queryFn: async ({ signal }) => {
      const query = {
        ...days,
        figureIds: [figureId],
        byDay: by === "day",
        byAgent: by === "agent",
      };
      return (await api.figures.queryFigures({ query, pageSize: 5000 }, { signal })).values;
    },
    placeholderData: (previous) => previous,
  });
}

export function useItems(figureId: string, days: Days) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "figures", "breakdown", "items", figureId, days],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.figures.listFigureItems({ ...days, figureId, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.items),
  });
}
