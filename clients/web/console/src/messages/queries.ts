import { MessageState, type Message } from "@redress/contract/redress/desk/v1/message_service_pb";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";

// A request's name stays the same for the same content, so that sending it again changes nothing.
export function useRequestId(): (content: unknown) => string {
  const requests = useRef({ content: "", id: newRequestId() });
  return (content) => {
    const text = JSON.stringify(content, (_, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    );
    if (requests.current.content !== text) requests.current = { content: text, id: newRequestId() };
    return requests.current.id;
  };
}

export function useMessages(state: MessageState) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "messages", state],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.messages.listMessages({ state, pageToken: pageParam, pageSize: 50 }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.messages),
    refetchInterval: refresh_ms,
    placeholderData: (previous) => previous,
  });
}

export function useMessagesOfCase(caseId: string) {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "messages", "case", caseId],
    queryFn: async ({ signal }) =>
      (await api.messages.listMessages({ caseId, pageSize: 200 }, { signal })).messages,
    refetchInterval: refresh_ms,
  });
}

export type MessageChange = "markSent" | "resend" | "cancel";

// What a person does with a message.
export function useMessageChange() {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const requestId = useRequestId();
  return useMutation({
    mutationFn: async ({ of, change }: { of: Message; change: MessageChange }) => {
      const request = {
        requestId: requestId([of.messageId, of.version, change]),
        messageId: of.messageId,
        version: of.version,
      };
      if (change === "markSent") return api.messages.markMessageSent(request);
      if (change === "resend") return api.messages.resendMessage(request);
      return api.messages.cancelMessage(request);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "messages"] }),
  });
}

const waiting = [MessageState.WAITING_FOR_PERSON];
const changeable: Record<MessageChange, MessageState[]> = {
  markSent: waiting,
  resend: [MessageState.FAILED, MessageState.SUPPRESSED, MessageState.SENT, MessageState.CANCELLED],
  cancel: [...waiting, MessageState.QUEUED, MessageState.FAILED],
};

// Whether the message's state lets a person do this.
export function lets(of: Message, change: MessageChange): boolean {
  return changeable[change].includes(of.state);
}

export function usePhrases(withArchived = false) {
  const { api, shop, can } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "phrases", withArchived],
    queryFn: async ({ signal }) => {
      const phrases = [];
      let pageToken = "";
      do {
        const page = await api.phrases.listPhrases(
          { withArchived, pageToken, pageSize: 200 },
          { signal },
        );
        phrases.push(...page.phrases);
        pageToken = page.nextPageToken;
      } while (pageToken);
      return phrases;
    },
    enabled: can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR"),
  });
}

export function useVariables() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "phrase variables"],
    queryFn: async ({ signal }) =>
      (await api.phrases.listPhraseVariables({}, { signal })).variables,
    staleTime: Infinity,
  });
}

export function useNotificationRules() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "notification rules"],
    queryFn: async ({ signal }) =>
      (await api.notifications.listNotificationRules({ pageSize: 200 }, { signal })).rules,
  });
}
