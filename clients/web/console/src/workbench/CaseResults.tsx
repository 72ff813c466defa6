import type { CaseResult } from "@redress/contract/redress/aftersales/v1/queue_service_pb";
import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Link } from "react-router";
import { isReasonKnown, refusalOfStatus, refusalText } from "../shared/api/refusal";
import { StateTag } from "../shared/ui/Values";
import { useWords } from "../shared/words";

interface Props {
  of: CaseResult[];
  // The numbers that people read, by id.
  numbers: Map<string, bigint>;
}

// What became of each of many cases: done, or why not.
export function CaseResults({ of, numbers }: Props) {
  const { t } = useWords();
  const done = of.filter((one) => one.result.case === "case").length;
  return (
    <section className="case-results" aria-live="polite">
      <p>
        <strong>{t("queue.resultSummary", { done, refused: of.length - done })}</strong>
      </p>
      <ul>
        {/* What needs somebody's look comes first. */}
        {[...of]
          .sort((a, b) => rank(a) - rank(b))
          .map((one) => (
            <Result key={one.caseId} of={one} number={numbers.get(one.caseId)} />
          ))}
      </ul>
    </section>
  );
}

function rank({ result }: CaseResult): number {
  return result.case === "error" ? 0 : 1;
}

function Result({ of, number }: { of: CaseResult; number: bigint | undefined }) {
  const { t } = useWords();
  if (of.result.case === "case") {
    const after = of.result.value;
    return (
      <li data-result="done">
        <CheckCircleFilled className="done" aria-hidden />
        <Link to={`/workbench/${String(after.caseNumber)}`}>#{String(after.caseNumber)}</Link>
        <StateTag state={after.state} final={after.final} />
        <span>{t("queue.done")}</span>
      </li>
    );
  }
  const refusal = of.result.case === "error" ? refusalOfStatus(of.result.value) : undefined;
  const own = refusal && !isReasonKnown(refusal, t) ? refusal.message : "";
  return (
    <li data-result="refused" data-reason={refusal?.reason}>
      <CloseCircleFilled className="refused-mark" aria-hidden />
      {number === undefined ? (
        <span>…{of.caseId.slice(-6)}</span>
      ) : (
        <Link to={`/workbench/${String(number)}`}>#{String(number)}</Link>
      )}
      <span>
        {refusal && refusalText(refusal, t)} {own && <span className="quiet">{own}</span>}
      </span>
    </li>
  );
}
