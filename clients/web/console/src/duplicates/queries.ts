import type { DuplicateReason } from "@redress/contract/redress/customer/v1/person_service_pb";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";

export function useDuplicates(reason: DuplicateReason) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "duplicates", reason],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.persons.listDuplicates({ reason, pageSize: 20, pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.duplicates),
    placeholderData: keepPreviousData,
  });
}
