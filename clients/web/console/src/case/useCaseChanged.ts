import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useQueryClient } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { caseQuery, type CaseKey } from "./queries";

// Takes a changed case over into what is shown at once, and has the rest read again: the actions
// that it allows now, the lists that it moved in.
export function useCaseChanged(key: CaseKey): (changed: Case | undefined) => void {
  const queries = useQueryClient();
  const work = useWork();
  return (changed) => {
    if (changed) {
      queries.setQueryData(caseQuery(work, key).queryKey, (known) =>
        known ? { ...known, case: changed } : known,
      );
    }
    void queries.invalidateQueries({ queryKey: [work.shop.shopId, "case"] });
    void queries.invalidateQueries({ queryKey: [work.shop.shopId, "cases"] });
  };
}
