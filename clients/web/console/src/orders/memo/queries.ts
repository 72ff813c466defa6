import { MemoStage, type MemoFields } from "@redress/contract/redress/order/v1/memo_service_pb";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useWork } from "../../session/work";
import { useChanging } from "../../shared/api/useChanging";
import { usePages } from "../../shared/api/usePages";
import { orderTopics } from "../deskQueries";

export interface Entered {
  stage: MemoStage;
  flag: number;
  what: string;
  who: string;
  nextStep: string;
}

export function enteredOf(fields: MemoFields | undefined, stage: MemoStage, who: string): Entered {
  return {
    stage: fields?.stage ?? stage,
    flag: fields?.flag ?? 1,
    what: fields?.what ?? "",
    who: fields?.who ?? who,
    nextStep: fields?.nextStep ?? "",
  };
}

export function useMemoOf(orderId: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "memo", orderId],
    queryFn: async ({ signal }) => {
      const { memo } = await api.memos.getMemo({ orderId }, { signal });
      if (!memo) throw new Error("the answer has no memo");
      return memo;
    },
  });
}

export function useMemoVersions(orderId: string) {
  const { api } = useWork();
  return usePages(
    ["memo", orderId, "versions"],
    (pageToken, signal) =>
      api.memos.listMemoVersions({ orderId, pageToken, pageSize: 20 }, { signal }),
    (page) => page.versions,
  );
}

// What the memo would say, what is wrong with it, and what could come next.
export function useCheck(fields: Entered) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "memo check", fields],
    queryFn: ({ signal }) => api.memos.checkMemo({ fields }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export function useWriteMemo(orderId: string, onDone: () => void) {
  const { api } = useWork();
  return useChanging(
    ({ etag, ...fields }: Entered & { etag: string }, requestId) =>
      api.memos.writeMemo({ requestId, orderId, etag, fields }),
    orderTopics,
    onDone,
  );
}
