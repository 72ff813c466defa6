import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import type { Work } from "../session/work";
import { useWork } from "../session/work";

// Keys begin with the shop, so that no shop ever shows another's answers.

// How often what others may change is read again.
export const refresh_ms = 10_000;

// By number (as people write it) or by id.
export type CaseKey = { number: string } | { id: string };

export function caseQuery({ api, shop }: Work, key: CaseKey) {
  return queryOptions({
    queryKey: [shop.shopId, "case", key],
    queryFn: async ({ signal }) => {
      const by =
        "id" in key
          ? ({ case: "caseId", value: key.id } as const)
          : ({ case: "caseNumber", value: BigInt(key.number) } as const);
      const answer = await api.cases.getCase({ key: by }, { signal });
      if (!answer.case) throw new Error("the answer has no case");
      return {
        case: answer.case,
        actions: answer.actions,
        reasons: answer.priorityReasons,
        links: answer.links,
        asks: answer.asks,
      };
    },
    refetchInterval: refresh_ms,
  });
}

export function stepsQuery({ api, shop }: Work, of: Case) {
  return queryOptions({
    // The version makes the key: a history of that version never changes.
    queryKey: [shop.shopId, "steps", of.caseId, of.version],
    queryFn: ({ signal }) => readSteps(api, of.caseId, signal),
    staleTime: Infinity,
  });
}

async function readSteps(api: Work["api"], caseId: string, signal: AbortSignal) {
  const steps = [];
  let pageToken = "";
  do {
    const page = await api.cases.listSteps({ caseId, pageToken, pageSize: 500 }, { signal });
    steps.push(...page.steps);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return steps;
}

// The kinds of case, as the contract's Case.kind names them.
export const kinds = ["refund", "dispute", "review"];

export function useWorkflow(kind: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "workflow", kind],
    queryFn: async ({ signal }) => {
      const { workflow } = await api.workflows.describeWorkflow({ kind }, { signal });
      if (!workflow) throw new Error("the answer has no workflow");
      return workflow;
    },
    staleTime: Infinity,
  });
}

// Those of all kinds, in their order; what is not read yet is left out.
export function useWorkflows() {
  const read = [useWorkflow("refund"), useWorkflow("dispute"), useWorkflow("review")];
  return read.flatMap((one) => one.data ?? []);
}

// The shop's members, where the caller may read them.
export function useMembers() {
  const { api, shop, can } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "members"],
    queryFn: async ({ signal }) =>
      (await api.shops.listMembers({ pageSize: 1000 }, { signal })).members,
    enabled: can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR"),
    staleTime: 5 * 60_000,
  });
}

export function useMemberName(): (accountId: string) => string {
  const { session } = useWork();
  const members = useMembers();
  return (accountId) => {
    if (accountId === session.accountId) return session.displayName;
    const member = members.data?.find((one) => one.accountId === accountId);
    return member?.displayName ?? `…${accountId.slice(-6)}`;
  };
}

export function orderQuery({ api, shop }: Work, orderId: string) {
  return queryOptions({
    queryKey: [shop.shopId, "order", orderId],
    queryFn: async ({ signal }) => {
      const answer = await api.orders.getOrder(
        { key: { case: "orderId", value: orderId } },
        { signal },
      );
      if (!answer.order) throw new Error("the answer has no order");
      return answer.order;
    },
  });
}
