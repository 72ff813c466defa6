import type { GetFunnelResponse } from "@redress/contract/redress/scoring/v1/funnel_service_pb";
import { Select } from "antd";
import { lazy, Suspense } from "react";
import { PageSkeleton } from "../app/PageSkeleton";
import { kinds, useWorkflow } from "../case/queries";
import { DaysPicker } from "../figures/DaysPicker";
import { FigureTabs } from "../figures/FigureTabs";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import type { Behind } from "./behind";
import { FunnelCases } from "./FunnelCases";
import { EdgeTable, StateTable } from "./FunnelTables";
import { useFunnel } from "./queries";
import { useFunnelView } from "./view";

const FunnelChart = lazy(() => import("./FunnelChart"));

// How cases of a kind move through their machine: a picture, the numbers, and the cases behind them.
export function Component() {
  const { t, name } = useWords();
  const { shop, can } = useWork();
  const { query, behind, choose } = useFunnelView();
  const read = useFunnel(query);
  const seesCases = can("ROLE_SUPERVISOR", "ROLE_FINANCE", "ROLE_ADMIN", "ROLE_AUDITOR");
  const onChoose = seesCases ? (chosen: Behind) => choose({ behind: chosen }) : undefined;
  const versions = read.data?.versions ?? [];
  return (
    <div className="figures">
      <header className="page-title">
        <h1>{t("funnel.title")}</h1>
        <FigureTabs />
        <Select
          size="small"
          aria-label={t("funnel.kind")}
          value={query.kind}
          options={kinds.map((kind) => ({ value: kind, label: name("kind", kind) }))}
          onChange={(kind) => choose({ kind })}
        />
        <Select
          size="small"
          aria-label={t("funnel.version")}
          value={query.workflowVersion}
          options={[
            { value: 0, label: t("funnel.allVersions") },
            ...versions.map(({ workflowVersion }) => ({
              value: workflowVersion,
              label: String(workflowVersion),
            })),
          ]}
          onChange={(workflowVersion) => choose({ workflowVersion })}
        />
        <DaysPicker days={query} onChoose={(days) => choose({ days })} />
        <span className="quiet">{t("figures.zone", { zone: shop.timeZone })}</span>
      </header>
      {behind && seesCases && (
        <FunnelCases query={query} behind={behind} onClose={() => choose({ behind: undefined })} />
      )}
      <Loaded of={read} rows={10}>
        {(funnel) =>
          funnel.states.length === 0 ? (
            <Nothing what={t("funnel.empty")} />
          ) : (
            <Counts kind={query.kind} funnel={funnel} onChoose={onChoose} />
          )
        }
      </Loaded>
    </div>
  );
}

interface CountsProps {
  kind: string;
  funnel: GetFunnelResponse;
  onChoose: ((behind: Behind) => void) | undefined;
}

function Counts({ kind, funnel, onChoose }: CountsProps) {
  const { t, name } = useWords();
  const workflow = useWorkflow(kind);
  return (
    <>
      <section className="pane" aria-label={t("funnel.title")}>
        <Loaded of={workflow} rows={6}>
          {(machine) => (
            <Suspense fallback={<PageSkeleton />}>
              <FunnelChart
                workflow={machine}
                funnel={funnel}
                label={t("funnel.chart", { kind: name("kind", kind) })}
                onChoose={(behind) => onChoose?.(behind)}
              />
            </Suspense>
          )}
        </Loaded>
      </section>
      {funnel.unknownSteps > 0n && (
        <p className="quiet">{t("funnel.unknownSteps", { count: Number(funnel.unknownSteps) })}</p>
      )}
      <section className="pane" aria-label={t("funnel.states")}>
        <header className="pane-title">
          <h2>{t("funnel.states")}</h2>
        </header>
        <StateTable funnel={funnel} onChoose={onChoose} />
      </section>
      <section className="pane" aria-label={t("funnel.edges")}>
        <header className="pane-title">
          <h2>{t("funnel.edges")}</h2>
        </header>
        <EdgeTable funnel={funnel} onChoose={onChoose} />
      </section>
    </>
  );
}
