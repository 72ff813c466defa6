import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { stepsQuery } from "./queries";
import { StepEntry } from "./StepEntry";

// The case's steps, newest first.
export function HistoryList({ of }: { of: Case }) {
  const steps = useQuery({
    ...stepsQuery(useWork(), of),
    placeholderData: (previous) => previous,
  });
  return (
    <Loaded of={steps} rows={6}>
      {(all) => (
        <ol className="history">
          {all.toReversed().map((step) => (
            <StepEntry key={step.sequence} of={step} />
          ))}
        </ol>
      )}
    </Loaded>
  );
}
