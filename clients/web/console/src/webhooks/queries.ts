import type {
  Webhook,
  WebhookDeliveryState,
} from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";

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

// One intended change, under one request_id until what is asked for changes or it has happened.
export function useChange<Asked, Answer>(
  change: (asked: Asked, requestId: string) => Promise<Answer>,
  onDone: (answer: Answer) => void = () => undefined,
) {
  const { shop } = useWork();
  const queries = useQueryClient();
  const request = useRef({ content: "", id: newRequestId() });
  return useMutation({
    mutationFn: (asked: Asked) => {
      const content = JSON.stringify(asked);
      if (request.current.content !== content) request.current = { content, id: newRequestId() };
      return change(asked, request.current.id);
    },
    onSuccess: (answer) => {
      request.current = { content: "", id: newRequestId() };
      onDone(answer);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "webhooks"] }),
  });
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
