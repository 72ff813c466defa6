import type { Case, Step } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { millisOf, spanText } from "../shared/format/time";
import { useNow } from "../shared/ui/useNow";
import { useWords } from "../shared/words";
import { stepsQuery, useMemberName } from "./queries";

export interface Changes {
  // "Changed by Mei 3 s ago: Approve"; undefined until the steps are here.
  headline: string | undefined;
  steps: Step[];
}

// What others did to the case since the version that was seen.
export function useChanges(of: Case, seenVersion: number): Changes {
  const { t, name } = useWords();
  const memberName = useMemberName();
  const now = useNow();
  const read = useQuery(stepsQuery(useWork(), of));
  const steps = read.data?.filter((step) => step.sequence > seenVersion) ?? [];
  const last = steps.at(-1);
  const headline =
    last &&
    t("case.changedBy", {
      who: last.actorId ? memberName(last.actorId) : name("actor", last.actorKind),
      time: spanText(Math.max(0, now - (millisOf(last.applyTime) ?? now)), t),
      event: name("event", last.event),
    });
  return { headline, steps };
}
