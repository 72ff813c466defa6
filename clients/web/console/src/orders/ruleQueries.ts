import type { OrderRules } from "@redress/contract/redress/order/v1/rules_service_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";

const topics = ["order rules", "parcels", "unpaid"];

export function useOrderRules() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "order rules"],
    queryFn: async ({ signal }) => {
      const { rules } = await api.orderRules.getOrderRules({}, { signal });
      if (!rules) throw new Error("the answer has no rules");
      return rules;
    },
  });
}

export interface RuleSettings {
  stuckAfterHours: number;
  reminderWindowHours: number;
  mostReminders: number;
  nextSteps: string[];
}

export function useSetOrderRules(onDone: (rules: OrderRules) => void) {
  const { api } = useWork();
  return useChanging(
    async ({ etag, ...rules }: RuleSettings & { etag: string }, requestId) => {
      const answer = await api.orderRules.setOrderRules({ requestId, rules, etag });
      if (!answer.rules) throw new Error("the answer has no rules");
      return answer.rules;
    },
    topics,
    onDone,
  );
}

export function useSetCarrierSalt() {
  const { api } = useWork();
  return useChanging(
    ({ salt }: { salt: string }, requestId) => api.orderRules.setCarrierSalt({ requestId, salt }),
    ["order rules"],
  );
}
