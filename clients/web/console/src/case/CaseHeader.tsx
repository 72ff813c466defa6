import { ExclamationCircleFilled } from "@ant-design/icons";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useRef } from "react";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { Countdown, PriorityTag, StateTag } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useMemberName, type CaseKey } from "./queries";
import { useCaseChanged } from "./useCaseChanged";

export function CaseHeader({ of, caseKey }: { of: Case; caseKey: CaseKey }) {
  const { t, name } = useWords();
  return (
    <header className="case-header">
      <PriorityTag priority={of.priority} />
      <h1>#{String(of.caseNumber)}</h1>
      <StateTag state={of.state} final={of.final} />
      {of.needsPerson && (
        <span className="needs-person">
          <ExclamationCircleFilled aria-hidden /> {name("needsPerson", of.needsPerson)}
        </span>
      )}
      <span className="grow" />
      {of.final ? (
        <span className="quiet">{t("case.final")}</span>
      ) : (
        <span className="case-deadline">
          <span className="quiet">{name("deadlineRule", of.deadline?.rule ?? "")}</span>
          <Countdown due={of.deadline?.dueTime} />
        </span>
      )}
      <Assignee of={of} caseKey={caseKey} />
    </header>
  );
}

function Assignee({ of, caseKey }: { of: Case; caseKey: CaseKey }) {
  const { t } = useWords();
  const { api, session, can } = useWork();
  const { message } = App.useApp();
  const memberName = useMemberName();
  const queries = useQueryClient();
  const changed = useCaseChanged(caseKey);
  const requestId = useRef(newRequestId());
  const assign = useMutation({
    mutationFn: (assigneeId: string) =>
      api.cases.assignCase({
        requestId: requestId.current,
        caseId: of.caseId,
        version: of.version,
        assigneeId,
      }),
    onSuccess: (answer) => {
      requestId.current = newRequestId();
      changed(answer.case);
    },
    onError: (error) => {
      void message.error(refusalText(refusalOf(error), t));
      void queries.invalidateQueries();
    },
  });
  const isMine = of.assigneeId === session.accountId;
  const mayAssign = !of.final && can("ROLE_AGENT", "ROLE_SUPERVISOR");
  return (
    <span className="assignee">
      <span className="quiet">{t("case.assignee")}</span>
      <span>{of.assigneeId ? memberName(of.assigneeId) : t("common.nobody")}</span>
      {mayAssign && (
        <Button
          size="small"
          loading={assign.isPending}
          onClick={() => assign.mutate(isMine ? "" : session.accountId)}
        >
          {t(isMine ? "case.release" : "case.take")}
        </Button>
      )}
    </span>
  );
}
