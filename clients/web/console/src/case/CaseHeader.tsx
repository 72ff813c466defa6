import { ExclamationCircleFilled } from "@ant-design/icons";
import type { AllowedAction, Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { Countdown, PriorityTag, StateTag } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { AssigneeControl } from "./AssigneeControl";
import type { CaseKey } from "./queries";
import { WhyDue } from "./WhyDue";

interface Props {
  of: Case;
  actions: AllowedAction[];
  caseKey: CaseKey;
}

export function CaseHeader({ of, actions, caseKey }: Props) {
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
          <WhyDue of={of} />
        </span>
      )}
      <AssigneeControl of={of} actions={actions} caseKey={caseKey} />
    </header>
  );
}
