import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useRef } from "react";
import { useNavigate } from "react-router";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { useWords } from "../shared/words";

// Opens a case of some kind and goes to it. Sent again it is the same request.
export function useOpenCase<Request>(
  open: (request: Request & { requestId: string }) => Promise<{ case?: Case | undefined }>,
) {
  const { t } = useWords();
  const { shop } = useWork();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const requestId = useRef(newRequestId());
  return useMutation({
    mutationFn: (request: Request) => open({ ...request, requestId: requestId.current }),
    onSuccess: (answer) => {
      const number = String(answer.case?.caseNumber ?? "");
      void queries.invalidateQueries({ queryKey: [shop.shopId, "cases"] });
      void message.success(t("order.opened", { number }));
      void navigate(`/workbench/${number}`);
    },
  });
}
