import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { stepsQuery } from "./queries";
import { StepEntry } from "./StepEntry";

interface Props {
  of: Case;
  seenVersion: number;
  isAllowed: boolean;
  onLooked: () => void;
}

// What others did to the case since the form was opened.
export function ConflictNotice({ of, seenVersion, isAllowed, onLooked }: Props) {
  const { t } = useWords();
  const steps = useQuery(stepsQuery(useWork(), of));
  const body = (
    <>
      <p>{isAllowed ? t("case.conflictHint") : t("case.noLonger")}</p>
      <Loaded of={steps} rows={2}>
        {(all) => (
          <ol className="history">
            {all
              .filter((step) => step.sequence > seenVersion)
              .map((step) => (
                <StepEntry key={step.sequence} of={step} />
              ))}
          </ol>
        )}
      </Loaded>
    </>
  );
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="conflict"
      title={t("case.conflictTitle")}
      description={body}
      action={
        isAllowed &&
        of.version > seenVersion && (
          <Button size="small" onClick={onLooked}>
            {t("case.lookAgain")}
          </Button>
        )
      }
    />
  );
}
