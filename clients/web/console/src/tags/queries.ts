import type { CustomerTag, Tag } from "@redress/contract/redress/customer/v1/tag_service_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { usePages } from "../shared/api/usePages";
import type { Say } from "../shared/words";

// What a change of tags makes others read again; customers show them.
export const tagTopics = ["tags", "customer tags", "timeline", "customer"];

export function useTags(withArchived = false) {
  const { api, shop, can } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "tags", withArchived],
    queryFn: async ({ signal }) => (await api.tags.listTags({ withArchived }, { signal })).tags,
    enabled: can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR"),
    staleTime: 60_000,
  });
}

export function useCustomerTags(customerId: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "customer tags", customerId],
    queryFn: async ({ signal }): Promise<CustomerTag[]> =>
      (await api.tags.listCustomerTags({ customerId }, { signal })).tags,
  });
}

export function useExplanation(customerId: string, tagCode: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "customer tags", customerId, "why", tagCode],
    queryFn: async ({ signal }) => {
      const { explanation } = await api.tags.explainTag({ customerId, tagCode }, { signal });
      if (!explanation) throw new Error("the answer has no explanation");
      return explanation;
    },
  });
}

export function useTagChanges(customerId: string) {
  const { api } = useWork();
  return usePages(
    ["customer tags", customerId, "changes"],
    (pageToken, signal) =>
      api.tags.listTagChanges({ customerId, pageToken, pageSize: 20 }, { signal }),
    (page) => page.changes,
  );
}

export type TagAct = "set" | "deny" | "handBack";

// What a person decides about one tag of one customer.
export function useTagAct(customerId: string, onDone?: () => void) {
  const { api } = useWork();
  return useChanging(
    async ({ tagCode, act }: { tagCode: string; act: TagAct }, requestId): Promise<unknown> => {
      const request = { requestId, tagCode, customerIds: [customerId] };
      if (act === "set") return api.tags.tagCustomers(request);
      return api.tags.untagCustomers({ ...request, letRuleDecide: act === "handBack" });
    },
    tagTopics,
    onDone,
  );
}

// In the reader's language; the code where the definition is not read.
export function tagName(tag: Tag | undefined, code: string, { language }: Say): string {
  if (!tag) return code;
  return language === "zh" ? tag.nameZh : tag.nameEn;
}

export function tagMeaning(tag: Tag | undefined, { language }: Say): string {
  return (language === "zh" ? tag?.meaningZh : tag?.meaningEn) ?? "";
}
