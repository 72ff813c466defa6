import type { Agent } from "@redress/contract/redress/aftersales/v1/agent_service_pb";
import { Role } from "@redress/contract/redress/common/v1/role_pb";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { refresh_ms, useMembers } from "../case/queries";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";

// Of somebody for whom nobody said; the contract's UpdateAgentRequest names it.
const mostOpenCases = 15;

// A member who may work cases, and how they work.
export interface Worker {
  accountId: string;
  displayName: string;
  accountName: string;
  team: string;
  kinds: string[];
  mostOpenCases: number;
  isOnShift: boolean;
  shiftEnds: Agent["shiftEndTime"];
  openCases: number | undefined;
  version: number;
}

export function useAgents(enabled = true) {
  const { api, shop, can } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "agents"],
    queryFn: async ({ signal }) => {
      const agents: Agent[] = [];
      let pageToken = "";
      do {
        const page = await api.agents.listAgents({ pageToken, pageSize: 200 }, { signal });
        agents.push(...page.agents);
        pageToken = page.nextPageToken;
      } while (pageToken);
      return agents;
    },
    enabled: enabled && can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR"),
    refetchInterval: refresh_ms,
  });
}

// Everybody who may work cases, also those who were never set up.
export function useWorkers() {
  const members = useMembers();
  const agents = useAgents();
  const data =
    members.data &&
    agents.data &&
    members.data
      .filter((member) =>
        member.roles.some((role) => role === Role.AGENT || role === Role.SUPERVISOR),
      )
      .map((member): Worker => {
        const agent = agents.data.find((one) => one.accountId === member.accountId);
        return {
          accountId: member.accountId,
          displayName: member.displayName,
          accountName: member.accountName,
          team: agent?.team ?? "",
          kinds: agent?.kinds ?? [],
          mostOpenCases: agent?.mostOpenCases ?? mostOpenCases,
          isOnShift: agent?.onShift ?? false,
          shiftEnds: agent?.shiftEndTime,
          openCases: agent?.openCases,
          version: agent?.version ?? 0,
        };
      });
  return {
    data,
    error: members.error ?? agents.error,
    refetch: () => Promise.all([members.refetch(), agents.refetch()]),
  };
}

// The names of the shop's teams, in order.
export function useTeams(): string[] {
  const agents = useAgents();
  const names = (agents.data ?? []).map((agent) => agent.team).filter(Boolean);
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}

// Begins or ends somebody's shift; without an account one's own.
export function useShift() {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ accountId, onShift }: { accountId?: string; onShift: boolean }) =>
      api.agents.setShift({ requestId: newRequestId(), accountId: accountId ?? "", onShift }),
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "agents"] }),
  });
}
