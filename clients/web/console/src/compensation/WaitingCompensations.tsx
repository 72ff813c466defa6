import {
  CompensationState,
  CompensationKindSchema,
} from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { MoneyText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { CompensationActs } from "./CompensationActs";
import { useCompensations } from "./queries";

// Compensations above somebody's single limit, among what a supervisor approves. None shows nothing.
export function WaitingCompensations() {
  const { t, name } = useWords();
  const memberName = useMemberName();
  const waiting = useCompensations(CompensationState.WAITING);
  if (waiting.error) {
    return <ErrorNotice error={waiting.error} onRetry={() => void waiting.refetch()} />;
  }
  if (!waiting.data?.length) return null;
  return (
    <ul className="mini-list" aria-label={t("compensation.title")}>
      {waiting.data.map((one) => (
        <li key={`${one.caseId} ${String(one.number)}`} className="queue-line">
          <Link to={`/workbench/${String(one.caseNumber)}`}>#{String(one.caseNumber)}</Link>
          <span>{name("compensationKind", enumName(CompensationKindSchema, one.kind))}</span>
          <MoneyText of={one.amount} />
          <span className="quiet">
            {name("compensationReason", one.reason)} · {memberName(one.offeredById)}
          </span>
          <span className="grow" />
          <CompensationActs of={one} />
        </li>
      ))}
    </ul>
  );
}
