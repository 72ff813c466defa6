import type {
  FigureDefinition,
  FigureValue,
} from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { Tabs, type TabsProps } from "antd";
import { lazy, Suspense } from "react";
import { useWork } from "../session/work";
import { PageSkeleton } from "../app/PageSkeleton";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { FigureItems } from "./FigureItems";
import { FigureTable } from "./FigureTable";
import { useBreakdown, type Days } from "./queries";
import { nameOf, quantileText } from "./values";
import type { Behind } from "./view";

// The chart is the heaviest part of the console: a chunk of its own, loaded behind the figures.
const DayChart = lazy(() => import("./DayChart"));

interface Props {
  of: FigureDefinition;
  days: Days;
  // Of the whole span.
  values: FigureValue[];
  behind: Behind;
  onChoose: (behind: Behind) => void;
}

// What lies behind one figure: by day, by agent, and the cases and orders themselves.
export function FigureDetail({ of, days, values, behind, onChoose }: Props) {
  const { t, language } = useWords();
  const { can } = useWork();
  const byDay = useBreakdown(of.figureId, days, "day");
  const byAgent = useBreakdown(of.figureId, days, "agent");
  const name = nameOf(of, language);
  const quantiles = values.find((value) => value.figureId === of.figureId)?.quantiles ?? [];
  const items: TabsProps["items"] = [
    {
      key: "day",
      label: t("figures.byDay"),
      children: (
        <Loaded of={byDay}>
          {(rows) =>
            rows.length === 0 ? (
              <Nothing what={t("figures.empty")} />
            ) : (
              <>
                <Suspense fallback={<PageSkeleton />}>
                  <DayChart of={of} days={days} values={rows} />
                </Suspense>
                <FigureTable of={of} values={rows} by="day" />
              </>
            )
          }
        </Loaded>
      ),
    },
    {
      key: "agent",
      label: t("figures.byAgent"),
      children: (
        <Loaded of={byAgent}>{(rows) => <FigureTable of={of} values={rows} by="agent" />}</Loaded>
      ),
    },
  ];
  if (can("ROLE_SUPERVISOR", "ROLE_FINANCE", "ROLE_ADMIN", "ROLE_AUDITOR")) {
    items.push({
      key: "items",
      label: t("figures.items"),
      children: <FigureItems of={of} days={days} />,
    });
  }
  return (
    <section className="pane figure-detail" aria-label={name}>
      <header className="pane-title">
        <h2>{name}</h2>
        {quantiles.map((one) => (
          <span key={one.permille} className="quiet number">
            {quantileText(one.permille, one.durationUs, t)}
          </span>
        ))}
      </header>
      <Tabs
        size="small"
        className="case-tabs"
        items={items}
        activeKey={behind}
        onChange={(key) => onChoose(key as Behind)}
      />
    </section>
  );
}
