import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "react-router";
import { caseQuery } from "../case/queries";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";

// Where only a case's id is known (a figure's item, a task): finds its number and goes there.
export function Component() {
  const { caseId = "" } = useParams();
  const read = useQuery(caseQuery(useWork(), { id: caseId }));
  return (
    <Loaded of={read}>
      {(data) => <Navigate to={`/workbench/${String(data.case.caseNumber)}`} replace />}
    </Loaded>
  );
}
