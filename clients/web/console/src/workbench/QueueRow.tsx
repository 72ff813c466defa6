import { ExclamationCircleFilled } from "@ant-design/icons";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { Checkbox } from "antd";
import { memo } from "react";
import { Link } from "react-router";
import { Countdown, MoneyText, PriorityTag, StateTag } from "../shared/ui/Values";
import { useWords } from "../shared/words";

interface Props {
  of: Case;
  isSelected: boolean;
  search: string;
  // Absent where nothing is ticked: the row is a link only.
  isChosen?: boolean | undefined;
  onChoose?: ((of: Case) => void) | undefined;
}

export const QueueRow = memo(function QueueRow({
  of,
  isSelected,
  search,
  isChosen,
  onChoose,
}: Props) {
  const { t, name } = useWords();
  const number = String(of.caseNumber);
  const link = (
    <Link
      className="queue-row"
      to={{ pathname: `/workbench/${number}`, search }}
      aria-current={isSelected ? "true" : undefined}
    >
      <span className="queue-line">
        <PriorityTag priority={of.priority} />
        <strong>#{number}</strong>
        <StateTag state={of.state} final={of.final} />
        {of.dispute || of.review ? (
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
  if (!onChoose) return link;
  return (
    <div className="queue-item">
      <Checkbox
        checked={isChosen ?? false}
        aria-label={t("queue.choose", { number })}
        onChange={() => onChoose(of)}
      />
      {link}
    </div>
  );
});
