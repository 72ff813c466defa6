import type {
  CareOccasion,
  TryCareRuleResponse,
} from "@redress/contract/redress/customer/v1/care_service_pb";
import { Button } from "antd";
import { useWork } from "../session/work";
import { useProgress } from "../shared/api/useProgress";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Facts } from "../shared/ui/Facts";
import { useWords } from "../shared/words";
import { People } from "../tags/RuleTrial";

interface Props {
  expression: string;
  occasion: CareOccasion;
}

// Whom a rule would mean, before it is switched on.
export function CareTrial({ expression, occasion }: Props) {
  const { t } = useWords();
  const { api } = useWork();
  const trial = useProgress<TryCareRuleResponse>((signal) =>
    api.care.tryCareRule({ expression, occasion }, { signal, timeoutMs: 0 }),
  );
  const { progress, error, isRunning } = trial;
  return (
    <section aria-label={t("care.try")} className="rule-trial">
      <div className="form-buttons">
        <Button
          loading={isRunning}
          disabled={expression.trim() === ""}
          onClick={() => void trial.start()}
        >
          {t("care.try")}
        </Button>
        {isRunning && <Button onClick={trial.stop}>{t("tagRule.stopTrying")}</Button>}
      </div>
      {error !== undefined && <ErrorNotice error={error} onRetry={() => void trial.start()} />}
      {progress && <Trial of={progress} />}
    </section>
  );
}

function Trial({ of }: { of: TryCareRuleResponse }) {
  const { t } = useWords();
  return (
    <>
      <div role="status">
        {t(of.done ? "tagRule.tried" : "tagRule.trying", { count: Number(of.scanned) })}
      </div>
      <Facts
        of={[
          {
            label: t("care.wouldMake"),
            value: <strong className="number">{String(of.matches - of.noContact)}</strong>,
          },
          { label: t("care.meansInAll"), value: String(of.matches) },
          { label: t("care.wantNoContact"), value: String(of.noContact) },
        ]}
      />
      <People title={t("care.meant")} of={of.customerIds} />
    </>
  );
}
