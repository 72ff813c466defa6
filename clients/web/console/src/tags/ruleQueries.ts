import type { TagRule } from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { usePages } from "../shared/api/usePages";
import { tagTopics } from "./queries";

export const ruleTopics = [...tagTopics, "tag rules"];

export function useTagRules() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "tag rules"],
    queryFn: async ({ signal }) => (await api.tagRules.listTagRules({}, { signal })).rules,
  });
}

export function useRuleVersions(tagCode: string) {
  const { api } = useWork();
  return usePages(
    ["tag rules", tagCode, "versions"],
    (pageToken, signal) =>
      api.tagRules.listTagRuleVersions({ tagCode, pageToken, pageSize: 20 }, { signal }),
    (page) => page.versions,
  );
}

export interface Draft {
  tagCode: string;
  version: number;
  expression: string;
}

export function useSetRule(onDone: (rule: TagRule) => void) {
  const { api } = useWork();
  return useChanging(
    (draft: Draft, requestId) => api.tagRules.setTagRule({ ...draft, requestId }),
    ruleTopics,
    ({ rule }) => rule && onDone(rule),
  );
}

export function useSwitchRule(onDone: () => void) {
  const { api } = useWork();
  return useChanging(
    (asked: { tagCode: string; version: number; on: boolean }, requestId) =>
      api.tagRules.switchTagRule({ ...asked, requestId }),
    ruleTopics,
    onDone,
  );
}
