import { ExclamationCircleFilled } from "@ant-design/icons";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { memo } from "react";
import { Link } from "react-router";
import { Countdown, MoneyText, PriorityTag, StateTag } from "../shared/ui/Values";
import { useWords } from "../shared/words";

interface Props {
  of: Case;
  isSelected: boolean;
  search: string;
}

export const QueueRow = memo(function QueueRow({ of, isSelected, search }: Props) {
  const { name } = useWords();
  return (
    <Link
      className="queue-row"
      to={{ pathname: `/workbench/${String(of.caseNumber)}`, search }}
      aria-current={isSelected ? "true" : undefined}
    >
      <span className="queue-line">
        <PriorityTag priority={of.priority} />
        <strong>#{String(of.caseNumber)}</strong>
        <StateTag state={of.state} final={of.final} />
        {of.dispute ? (
          <span className="quiet">{name("kind", of.kind)}</span>
        ) : (
          <MoneyText of={of.amountApproved ?? of.amountAsked} />
        )}
      </span>
      <span className="queue-line quiet">
        <span className="grow">
          {of.needsPerson ? (
            <span className="needs-person">
              <ExclamationCircleFilled aria-hidden /> {name("needsPerson", of.needsPerson)}
            </span>
          ) : (
            name("reasonCode", of.reason)
          )}
        </span>
        {!of.final && <Countdown due={of.deadline?.dueTime} />}
      </span>
    </Link>
  );
});
