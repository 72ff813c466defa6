import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useWork } from "../../session/work";
import { newRequestId } from "./api";

// One intended act, under one request_id until what is asked for changes or it has happened. What
// was read under the names of `refresh` is read again, also after a refusal: a conflict shows what
// is there by now.
export function useAct<Asked, Answer>(
  act: (asked: Asked, requestId: string) => Promise<Answer>,
  refresh: string[],
  onDone: (answer: Answer) => void = () => undefined,
) {
  const { shop } = useWork();
  const queries = useQueryClient();
  const request = useRef({ content: "", id: newRequestId() });
  return useMutation({
    mutationFn: (asked: Asked) => {
      const content = JSON.stringify(asked);
      if (request.current.content !== content) request.current = { content, id: newRequestId() };
      return act(asked, request.current.id);
    },
    onSuccess: (answer) => {
      request.current = { content: "", id: newRequestId() };
      onDone(answer);
    },
    onSettled: () =>
      Promise.all(
        refresh.map((name) => queries.invalidateQueries({ queryKey: [shop.shopId, name] })),
      ),
  });
}
