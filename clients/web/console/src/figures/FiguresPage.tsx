import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { LiveMark } from "../shared/ui/LiveMark";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { Approvals } from "./Approvals";
import { DaysPicker } from "./DaysPicker";
import { FigureCard } from "./FigureCard";
import { FigureDetail } from "./FigureDetail";
import { FigureTabs } from "./FigureTabs";
import { useDefinitions, useLiveFigures } from "./queries";
import { overall } from "./values";
import { useView } from "./view";

// The supervisor's page: the shop's figures as they move, what lies behind each, and what waits.
export function Component() {
  const { t } = useWords();
  const { shop, can } = useWork();
  const { view, days, choose } = useView();
  const definitions = useDefinitions();
  const { read, liveness } = useLiveFigures(days);
  const values = read.data;
  return (
    <div className="figures">
      <header className="page-title">
        <h1>{t("figures.title")}</h1>
        <FigureTabs />
        <DaysPicker days={days} onChoose={(chosen) => choose({ days: chosen })} />
        <span className="quiet">{t("figures.zone", { zone: shop.timeZone })}</span>
        <span className="grow" />
        <LiveMark liveness={liveness} />
      </header>
      {read.error && <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />}
      <Loaded of={definitions} rows={10}>
        {(all) => {
          const shown = all.find((one) => one.figureId === view.figureId) ?? all[0];
          if (!shown) return <Nothing what={t("figures.empty")} />;
          return (
            <div className="figures-body">
              <div className="figure-cards" role="group" aria-label={t("figures.title")}>
                {all.map((one) => (
                  <FigureCard
                    key={one.figureId}
                    of={one}
                    value={values && overall(values, one.figureId)}
                    isLoaded={values !== undefined}
                    isChosen={one === shown}
                    onChoose={() => choose({ figureId: one.figureId })}
                  />
                ))}
              </div>
              <FigureDetail
                of={shown}
                days={days}
                values={values ?? []}
                behind={view.behind}
                onChoose={(behind) => choose({ behind })}
              />
              {can("ROLE_SUPERVISOR") && <Approvals />}
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}
