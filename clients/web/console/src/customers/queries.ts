import { useInfiniteQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";

const mostWords = 100;

// What is typed as the services search for it.
export function wordsOf(typed: string): string {
  return typed.trim().slice(0, mostWords);
}

// The hits of the words before stay until there are others; those of another shop do not.
export function useCustomerSearch(words: string, pageSize: number) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "customers", "search", words, pageSize],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.customerSearch.searchCustomers({ words, pageSize, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => ({
      hits: read.pages.flatMap((page) => page.hits),
      isIncomplete: read.pages.some((page) => page.incomplete),
    }),
    enabled: words !== "",
    placeholderData: (previous, query) =>
      query?.queryKey[0] === shop.shopId ? previous : undefined,
  });
}

export function useOrderSearch(words: string, pageSize: number) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "orders", "search", words, pageSize],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.orderSearch.searchOrders({ words, pageSize, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => ({
      hits: read.pages.flatMap((page) => page.hits),
      isIncomplete: read.pages.some((page) => page.incomplete),
      areNicksMissing: read.pages.some((page) => page.nicksMissing),
    }),
    enabled: words !== "",
    placeholderData: (previous, query) =>
      query?.queryKey[0] === shop.shopId ? previous : undefined,
  });
}

export function useRecentCustomers() {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "customers", "recent"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.customers.listCustomers({ pageSize: 50, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.customers),
  });
}
