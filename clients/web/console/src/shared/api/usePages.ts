import { useInfiniteQuery } from "@tanstack/react-query";
import { useWork } from "../../session/work";

interface Page {
  nextPageToken: string;
}

interface Options {
  // Read again by itself; absent for what only one's own acts change.
  refetchInterval?: number;
  enabled?: boolean;
}

// A list that is read page by page, its rows as one list. The key stands behind the shop.
export function usePages<Answer extends Page, Row>(
  key: unknown[],
  read: (pageToken: string, signal: AbortSignal) => Promise<Answer>,
  rowsOf: (page: Answer) => Row[],
  options: Options = {},
) {
  const { shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, ...key],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (of) => of.pages.flatMap(rowsOf),
    placeholderData: (previous) => previous,
    ...options,
  });
}
