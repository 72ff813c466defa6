import {
  CareTaskState,
  type CareRule,
  type CareTask,
} from "@redress/contract/redress/customer/v1/care_service_pb";
import { useQuery } from "@tanstack/react-query";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { usePages } from "../shared/api/usePages";
import type { Say } from "../shared/words";

export function useCareRules() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "care rules"],
    queryFn: async ({ signal }) => (await api.care.listCareRules({}, { signal })).rules,
    staleTime: 60_000,
  });
}

export function ruleName(of: CareRule | undefined, code: string, { language }: Say): string {
  if (!of) return code;
  return language === "zh" ? of.nameZh : of.nameEn;
}

export function useCareTasks(state: CareTaskState) {
  const { api } = useWork();
  return usePages(
    ["care", state],
    (pageToken, signal) => api.care.listCareTasks({ state, pageToken, pageSize: 20 }, { signal }),
    (page) => page.tasks,
    { refetchInterval: refresh_ms },
  );
}

// As many as a page takes: one's own stand among those of all colleagues.
export function useClaimedCareTasks(enabled: boolean) {
  const { api } = useWork();
  const state = CareTaskState.CLAIMED;
  return usePages(
    ["care", "claimed"],
    (pageToken, signal) => api.care.listCareTasks({ state, pageToken, pageSize: 200 }, { signal }),
    (page) => page.tasks,
    { refetchInterval: refresh_ms, enabled },
  );
}

export type CareAct =
  | { act: "claim" | "release" }
  | { act: "finish"; result: string; couponCode: string }
  | { act: "skip"; reason: string };

// What a person does with a task as they saw it.
export function useCareAct(onDone: (task: CareTask | undefined) => void) {
  const { api } = useWork();
  return useChanging(
    async ({ of, ...asked }: CareAct & { of: CareTask }, requestId) => {
      const request = { requestId, taskId: of.taskId, version: of.version };
      switch (asked.act) {
        case "claim":
          return api.care.claimCareTask(request);
        case "release":
          return api.care.releaseCareTask(request);
        case "finish":
          return api.care.finishCareTask({ ...request, ...asked });
        case "skip":
          return api.care.skipCareTask({ ...request, ...asked });
      }
    },
    ["care"],
    ({ task }) => onDone(task),
  );
}

export function useWishes(customerId: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "care wishes", customerId],
    queryFn: async ({ signal }) => {
      const { wishes } = await api.care.getCareWishes({ customerId }, { signal });
      if (!wishes) throw new Error("the answer has no wishes");
      return wishes;
    },
    // A form is filled from it: what was read for an earlier one is not kept.
    gcTime: 0,
  });
}

export interface Wishes {
  customerId: string;
  version: number;
  birthday: string;
  noContact: boolean;
}

export function useSetWishes(onDone: () => void) {
  const { api } = useWork();
  return useChanging(
    (wishes: Wishes, requestId) => api.care.setCareWishes({ ...wishes, requestId }),
    ["care wishes", "care", "timeline"],
    onDone,
  );
}

export type RuleSettings = Omit<CareRule, "$typeName" | "$unknown">;

export function useSetCareRule(onDone: () => void) {
  const { api } = useWork();
  return useChanging(
    (settings: RuleSettings, requestId) => api.care.setCareRule({ ...settings, requestId }),
    ["care rules", "care"],
    onDone,
  );
}
