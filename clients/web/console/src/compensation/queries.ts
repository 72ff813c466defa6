import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  CompensationKind,
  CompensationState,
  type Compensation,
} from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
} from "@tanstack/react-query";
import { useRef } from "react";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { isLost } from "../shared/api/refusal";

// Every key begins with the shop and the word, so that one change has all of them read again.
const word = "compensations";

// What the case has been given or offered, in every state.
export function useCompensationsOf(of: Case) {
  const { api, shop, can } = useWork();
  return useQuery({
    // Each change is a step of the case.
    queryKey: [shop.shopId, word, of.caseId, of.version],
    queryFn: async ({ signal }) =>
      (await api.compensations.listCompensations({ caseId: of.caseId }, { signal })).compensations,
    enabled: can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_FINANCE", "ROLE_ADMIN", "ROLE_AUDITOR"),
    placeholderData: (previous) => previous,
  });
}

// The same compensation with the words that went with the offer: lists of the shop leave them out.
export function useWithWords(of: Compensation) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, word, of.caseId, "words", of.number, of.version],
    queryFn: async ({ signal }) => {
      const read = await api.compensations.listCompensations({ caseId: of.caseId }, { signal });
      return read.compensations.find(({ number }) => number === of.number) ?? of;
    },
  });
}

export function useCompensations(state: CompensationState, kind = CompensationKind.UNSPECIFIED) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, word, "list", state, kind],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.compensations.listCompensations(
        { state, kind, pageToken: pageParam, pageSize: 50 },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.compensations),
    refetchInterval: refresh_ms,
    placeholderData: (previous) => previous,
  });
}

// What the caller may still give this month, and the reasons that the shop lists.
export function useBudget() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, word, "budget"],
    queryFn: ({ signal }) => api.compensations.getCompensationBudget({}, { signal }),
    staleTime: 0,
  });
}

export type Decision = "approve" | "decline";
type Act = Decision | "cancel" | "begin";

// What a supervisor does with what waits: never without having read what it is for.
export function isDecision(act: Act): act is Decision {
  return act === "approve" || act === "decline";
}

// What one may do with a compensation; whether one may at all is for the service to say.
export function actsFor(
  one: Compensation,
  can: (...roles: string[]) => boolean,
  accountId: string,
): Act[] {
  const isSupervisor = can("ROLE_SUPERVISOR");
  const isOwn = one.offeredById === accountId;
  const acts: Act[] = [];
  if (one.state === CompensationState.WAITING && isSupervisor) {
    if (!isOwn) acts.push("approve");
    acts.push("decline");
  }
  if (one.state === CompensationState.GRANTED && gives(one, can)) acts.push("begin");
  const isOpen = one.state === CompensationState.WAITING || one.state === CompensationState.GRANTED;
  if (isOpen && (isSupervisor || (isOwn && can("ROLE_AGENT")))) acts.push("cancel");
  return acts;
}

// Money is finance's, coupons are those of agents and supervisors.
export function gives(one: Compensation, can: (...roles: string[]) => boolean): boolean {
  return one.kind === CompensationKind.MONEY
    ? can("ROLE_FINANCE")
    : can("ROLE_AGENT", "ROLE_SUPERVISOR");
}

export function waitsForResult(one: Compensation): boolean {
  return one.state === CompensationState.UNDER_WAY || one.state === CompensationState.UNKNOWN;
}

interface OneAct {
  one: Compensation;
  act: Act;
  // With a decision: why, for who offered it.
  text?: string;
}

// One act on one compensation as it was looked at.
export function useAct(onDone?: () => void): UseMutationResult<unknown, Error, OneAct> {
  const { api } = useWork();
  const request = useRequest(onDone);
  const calls = {
    approve: api.compensations.approveCompensation.bind(api.compensations),
    decline: api.compensations.declineCompensation.bind(api.compensations),
    cancel: api.compensations.cancelCompensation.bind(api.compensations),
    begin: api.compensations.beginCompensation.bind(api.compensations),
  };
  return useMutation({
    mutationFn: ({ one, act, text = "" }: OneAct): Promise<unknown> =>
      calls[act]({
        requestId: request.id(),
        caseId: one.caseId,
        number: one.number,
        version: one.version,
        ...(isDecision(act) && { text }),
      }),
    ...request.handlers,
  });
}

// A name for the intended change, kept while its answer is lost, and what follows from it.
export function useRequest(onDone?: () => void) {
  const { shop } = useWork();
  const queries = useQueryClient();
  const requestId = useRef(newRequestId());
  const readAgain = () => {
    for (const read of [word, "case", "cases"]) {
      void queries.invalidateQueries({ queryKey: [shop.shopId, read] });
    }
  };
  return {
    id: () => requestId.current,
    handlers: {
      onSuccess: () => {
        requestId.current = newRequestId();
        readAgain();
        onDone?.();
      },
      onError: (error: Error) => {
        if (isLost(error)) return;
        requestId.current = newRequestId();
        readAgain();
      },
    },
  };
}
