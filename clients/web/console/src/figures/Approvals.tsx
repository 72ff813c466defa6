import { useQuery } from "@tanstack/react-query";
import { statesForSupervisors } from "../case/events";
import { kinds, refresh_ms, useWorkflows } from "../case/queries";
import { WaitingCompensations } from "../compensation/WaitingCompensations";
import { CaseLinks } from "../customer/CaseLinks";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";

const callsForApproval = new Set(["AMOUNT_ABOVE_LIMIT", "SUPERVISOR_REQUIRED"]);

// Cases that wait for a supervisor's approval.
export function Approvals() {
  const { t } = useWords();
  const { api, shop } = useWork();
  const workflows = useWorkflows();
  const waits =
    workflows.length === kinds.length
      ? workflows.flatMap((workflow) =>
          statesForSupervisors(workflow).map((waiting) => ({ kind: workflow.kind, ...waiting })),
        )
      : undefined;
  const waiting = useQuery({
    queryKey: [shop.shopId, "cases", "waiting", waits],
    enabled: waits !== undefined,
    queryFn: async ({ signal }) => {
      const lists = (waits ?? []).map(async ({ whenCalled, ...where }) => {
        const { cases } = await api.cases.listCases({ ...where, pageSize: 50 }, { signal });
        return whenCalled ? cases.filter((one) => callsForApproval.has(one.needsPerson)) : cases;
      });
      return (await Promise.all(lists)).flat();
    },
    refetchInterval: refresh_ms,
  });
  return (
    <section className="pane approvals" aria-label={t("figures.approvals")}>
      <header className="pane-title">
        <h2>{t("figures.approvals")}</h2>
      </header>
      <div className="scroll">
        <WaitingCompensations />
        <Loaded of={waiting}>
          {(cases) =>
            cases.length === 0 ? (
              <Nothing what={t("figures.noApprovals")} />
            ) : (
              <CaseLinks of={cases} />
            )
          }
        </Loaded>
      </div>
    </section>
  );
}
