import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import type { HistoryFinding } from "@redress/contract/redress/aftersales/v1/case_history_pb";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";

// Asks whether the case's history is what it was; shown to those who may ask.
export function HistoryVerification({ of }: { of: Case }) {
  const { t } = useWords();
  const { api, can } = useWork();
  const verify = useMutation({
    mutationFn: async () => {
      const { verification } = await api.cases.verifyCase({ caseId: of.caseId });
      if (!verification) throw new Error("the answer has no verification");
      return verification;
    },
  });
  if (!can("ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR")) return null;
  const found = verify.data;
  return (
    <section className="verification">
      <Button size="small" loading={verify.isPending} onClick={() => verify.mutate()}>
        {t("case.verifyHistory")}
      </Button>
      {verify.error && <ErrorNotice error={verify.error} onRetry={() => verify.mutate()} />}
      {found?.intact && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t("case.historyVerified", { steps: found.steps })}
        />
      )}
      {found && !found.intact && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t("case.historyFindings", { number: found.findings.length })}
          description={<Findings of={found.findings} />}
        />
      )}
    </section>
  );
}

function Findings({ of }: { of: HistoryFinding[] }) {
  const { t } = useWords();
  return (
    <>
      <p>{t("case.historyAdvice")}</p>
      <ul>
        {of.map((finding, place) => (
          <li key={place}>
            {finding.sequence > 0
              ? t("case.findingOfStep", { sequence: finding.sequence })
              : t("case.findingOfCase")}{" "}
            <code>{finding.field}</code>:{" "}
            {t("case.findingExpected", { expected: finding.expected, found: finding.found })}
          </li>
        ))}
      </ul>
    </>
  );
}
