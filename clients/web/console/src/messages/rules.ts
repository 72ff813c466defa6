import type { ChannelKind } from "@redress/contract/redress/desk/v1/message_service_pb";
import type { NotificationRule } from "@redress/contract/redress/desk/v1/notification_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { useRequestId } from "./queries";

// All of a rule that is set as a whole.
export interface RuleSettings {
  ruleCode: string;
  version: number;
  caseKind: string;
  event: string;
  state: string;
  outcome: string;
  phraseId: string;
  channel: ChannelKind;
  delaySeconds: number;
  quietDays: number;
  minimumScore: number;
  invitesReview: boolean;
  enabled: boolean;
}

export function settingsOf(rule: NotificationRule): RuleSettings {
  const { $typeName: _, $unknown: __, enableTime: ___, ...settings } = rule;
  return settings;
}

export function useSetRule() {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const requestId = useRequestId();
  return useMutation({
    mutationFn: (settings: RuleSettings) =>
      api.notifications.setNotificationRule({ ...settings, requestId: requestId(settings) }),
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "notification rules"] }),
  });
}
