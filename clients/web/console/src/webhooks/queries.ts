import type {
  Webhook,
  WebhookDeliveryState,
} from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";

export function useWebhooks() {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "webhooks"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.webhooks.listWebhooks({ pageToken: pageParam, pageSize: 50 }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.webhooks),
    refetchInterval: refresh_ms,
  });
}

export function useWebhook(webhookId: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "webhooks", webhookId],
    queryFn: async ({ signal }) => {
      const { webhook } = await api.webhooks.getWebhook({ webhookId }, { signal });
      if (!webhook) throw new Error("the service sent no webhook");
      return webhook;
    },
    refetchInterval: refresh_ms,
  });
}

export function useDeliveries(webhookId: string, state: WebhookDeliveryState) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "webhooks", webhookId, "deliveries", state],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.webhooks.listWebhookDeliveries(
        { webhookId, state, pageToken: pageParam, pageSize: 50 },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.deliveries),
    refetchInterval: refresh_ms,
    placeholderData: (previous) => previous,
  });
}

// Every type that there is; they change with the program only.
export function useEventTypes() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "webhook-event-types"],
    queryFn: async ({ signal }) => {
      const types: string[] = [];
      let pageToken = "";
      do {
        const page = await api.webhooks.listWebhookEventTypes({ pageToken }, { signal });
        types.push(...page.eventTypes);
        pageToken = page.nextPageToken;
      } while (pageToken);
      return types;
    },
    staleTime: Infinity,
  });
}

// What is asked of a webhook once; see useChanging.
export function useChange<Asked, Answer>(
  change: (asked: Asked, requestId: string) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) {
  return useChanging(change, ["webhooks"], onDone);
}

export interface Settings {
  title: string;
  url: string;
  eventTypes: string[];
}

// A new webhook, or what is said of one that there is.
export function useSave(
  webhookId: string | undefined,
  onDone: (webhook: Webhook, secret: string) => void,
) {
  const { api } = useWork();
  return useChange(
    async ({ title, url, eventTypes, version }: Settings & { version: number }, requestId) => {
      const settings = { requestId, title: title.trim(), url: url.trim(), eventTypes };
      if (webhookId === undefined) return api.webhooks.createWebhook(settings);
      const { webhook } = await api.webhooks.updateWebhook({ ...settings, webhookId, version });
      return { webhook, secret: "" };
    },
    ({ webhook, secret }) => {
      if (webhook) onDone(webhook, secret);
    },
  );
}
