import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useRef } from "react";
import { useNavigate } from "react-router";
import { useCaseChanged } from "../case/useCaseChanged";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { isLost, refusalOf, refusalText } from "../shared/api/refusal";
import { useWords } from "../shared/words";

// Takes the most urgent case that nobody has, and opens it.
export function ClaimButton({ search }: { search: string }) {
  const { t } = useWords();
  const { api } = useWork();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const changed = useCaseChanged({ number: "" });
  const requestId = useRef(newRequestId());
  const claim = useMutation({
    mutationFn: () => api.queue.claimNextCase({ requestId: requestId.current }),
    onSuccess: (answer) => {
      requestId.current = newRequestId();
      changed(undefined);
      if (answer.case) {
        void navigate({ pathname: `/workbench/${String(answer.case.caseNumber)}`, search });
      } else {
        void message.info(t("queue.nothingToTake"));
      }
    },
    onError: (error) => {
      if (!isLost(error)) requestId.current = newRequestId();
      void message.error(refusalText(refusalOf(error), t));
    },
  });
  return (
    <Button
      size="small"
      type="primary"
      loading={claim.isPending}
      onClick={() => {
        claim.mutate();
      }}
    >
      {t("queue.takeNext")}
    </Button>
  );
}
