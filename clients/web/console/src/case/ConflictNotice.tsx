import type { AllowedAction, Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { Alert, Button } from "antd";
import { useWords } from "../shared/words";
import { eventFieldOf } from "./events";
import { StepEntry } from "./StepEntry";
import { useChanges } from "./useChanges";

interface Props {
  of: Case;
  seenVersion: number;
  // What the caller can do with the case as it is now.
  actions: AllowedAction[];
  isAllowed: boolean;
  onLooked: () => void;
}

// What others did to the case since it was looked at, and what one can do now.
export function ConflictNotice({ of, seenVersion, actions, isAllowed, onLooked }: Props) {
  const { t, name } = useWords();
  const { headline, steps } = useChanges(of, seenVersion);
  const possible = actions
    .filter((action) => action.allowed && eventFieldOf(of.kind, action.event))
    .map((action) => name("event", action.event));
  const body = (
    <>
      <p>{isAllowed ? t("case.conflictHint") : t("case.noLonger")}</p>
      <ol className="history">
        {steps.map((step) => (
          <StepEntry key={step.sequence} of={step} />
        ))}
      </ol>
      <p className="possible-now">
        {possible.length > 0
          ? t("case.possibleNow", { events: possible.join(t("case.listSeparator")) })
          : t("case.noAction")}
      </p>
    </>
  );
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      className="conflict"
      title={headline ?? t("case.conflictTitle")}
      description={body}
      action={
        of.version > seenVersion && (
          <Button size="small" onClick={onLooked}>
            {t(isAllowed ? "case.lookAgain" : "common.close")}
          </Button>
        )
      }
    />
  );
}
