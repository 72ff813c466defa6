import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useState } from "react";

// As many as one action takes.
export const mostChosen = 1000;

export interface Selection {
  // As the queue shows them now.
  chosen: Case[];
  has: (one: Case) => boolean;
  toggle: (one: Case) => void;
  choose: (cases: Case[]) => void;
  clear: () => void;
}

// The cases that are ticked; one that leaves the queue is no longer among them.
export function useSelection(cases: Case[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = cases.filter((one) => ids.has(one.caseId)).slice(0, mostChosen);
  return {
    chosen,
    has: (one) => ids.has(one.caseId),
    toggle: (one) => {
      const changed = new Set(ids);
      if (!changed.delete(one.caseId) && chosen.length < mostChosen) changed.add(one.caseId);
      setIds(changed);
    },
    choose: (all) => setIds(new Set(all.slice(0, mostChosen).map((one) => one.caseId))),
    clear: () => setIds(new Set()),
  };
}
