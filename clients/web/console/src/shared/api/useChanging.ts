import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useWork } from "../../session/work";
import { newRequestId } from "./api";

function contentOf(asked: unknown): string {
  return JSON.stringify(asked, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

// One intended change, under one request_id until what is asked for changes or it has happened.
// What was read under the topics, the words behind the shop in the keys, is then read again, also
// after a refusal: a conflict shows what is there by now.
export function useChanging<Asked, Answer>(
  change: (asked: Asked, requestId: string) => Promise<Answer>,
  topics: string[],
  onDone: (answer: Answer) => void = () => undefined,
) {
  const { shop } = useWork();
  const queries = useQueryClient();
  const request = useRef({ content: "", id: newRequestId() });
  return useMutation({
    mutationFn: (asked: Asked) => {
      const content = contentOf(asked);
      if (request.current.content !== content) request.current = { content, id: newRequestId() };
      return change(asked, request.current.id);
    },
    onSuccess: (answer) => {
      request.current = { content: "", id: newRequestId() };
      onDone(answer);
    },
    onSettled: () =>
      Promise.all(
        topics.map((topic) => queries.invalidateQueries({ queryKey: [shop.shopId, topic] })),
      ),
  });
}
