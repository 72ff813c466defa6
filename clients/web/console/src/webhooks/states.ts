import {
  WebhookDeliveryState,
  WebhookDeliveryStateSchema,
  WebhookPauseReasonSchema,
  WebhookStateSchema,
  type Webhook,
} from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import type { Say } from "../shared/words";
import { enumName } from "../shared/words/enums";

export const deliveryColours: Record<number, string> = {
  [WebhookDeliveryState.WAITING]: "gold",
  [WebhookDeliveryState.SENDING]: "blue",
  [WebhookDeliveryState.DELIVERED]: "green",
  [WebhookDeliveryState.DEAD_LETTER]: "red",
  [WebhookDeliveryState.TEST_FAILED]: "red",
};

export function deliveryStateName(state: WebhookDeliveryState): string {
  return enumName(WebhookDeliveryStateSchema, state);
}

export function stateName({ state }: Webhook): string {
  return enumName(WebhookStateSchema, state);
}

export function pauseReasonName({ pauseReason }: Webhook): string {
  return enumName(WebhookPauseReasonSchema, pauseReason);
}

// A type in words: "refund.approve" is a refund's approval.
export function typeInWords(type: string, { t, name }: Say): string {
  const [kind = "", event = ""] = type.split(".");
  if (kind === "order") return t(`webhook.order.${event}`, { defaultValue: event });
  if (kind === "warehouse_task") return t(`webhook.task.${event}`, { defaultValue: event });
  return `${name("kind", kind)} · ${name("event", event)}`;
}

// The patterns that the types allow, before the types themselves.
export function patternsOf(types: readonly string[]): string[] {
  const kinds = types.map((type) => type.slice(0, type.indexOf(".")));
  return ["*", ...[...new Set(kinds)].map((kind) => `${kind}.*`)];
}
