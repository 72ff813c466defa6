import type {
  FigureDefinition,
  FigureValue,
} from "@redress/contract/redress/scoring/v1/figure_service_pb";
import dayjs from "dayjs";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use as register, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useWords } from "../shared/words";
import type { Days } from "./queries";
import { nameOf, overall, plotted, plottedUnit } from "./values";

register([LineChart, BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface Props {
  of: FigureDefinition;
  days: Days;
  values: FigureValue[];
}

function daysOf({ fromDay, toDay }: Days): string[] {
  const days: string[] = [];
  for (let day = dayjs(fromDay); !day.isAfter(toDay); day = day.add(1, "day")) {
    days.push(day.format("YYYY-MM-DD"));
  }
  return days;
}

// One point per day; a day without a value has none, which is not 0.
export function pointsOf(of: FigureDefinition, days: Days, values: FigureValue[]) {
  return daysOf(days).map((day) => {
    const value = overall(
      values.filter((one) => one.day === day),
      of.figureId,
    );
    return [day, value ? plotted(of.unit, value) : null] as [string, number | null];
  });
}

function optionsOf(of: FigureDefinition, points: [string, number | null][], name: string) {
  const unit = plottedUnit(of.unit);
  return {
    animationDuration: 200,
    aria: { enabled: true, label: { description: name } },
    grid: { left: 8, right: 12, top: 24, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      valueFormatter: (value: unknown) =>
        typeof value === "number" ? `${Math.round(value * 100) / 100} ${unit}` : "—",
    },
    xAxis: {
      type: "category",
      data: points.map(([day]) => day),
      axisLabel: { formatter: (day: string) => day.slice(5) },
    },
    yAxis: { type: "value", name: unit, min: 0 },
    series: [
      {
        type: points.length > 45 ? "line" : "bar",
        name,
        barMaxWidth: 28,
        itemStyle: { color: "#1554ad" },
        data: points.map(([, value]) => value),
      },
    ],
  };
}

// The chart follows the values by itself: new ones move its bars.
export default function DayChart({ of, days, values }: Props) {
  const { t, language } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const name = nameOf(of, language);
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, undefined, { renderer: "svg" });
    chart.current = made;
    const sizes = new ResizeObserver(() => made.resize());
    sizes.observe(box.current);
    return () => {
      sizes.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(optionsOf(of, pointsOf(of, days, values), name));
  }, [of, days, values, name]);
  return (
    <div ref={box} className="day-chart" role="img" aria-label={t("figures.chart", { name })} />
  );
}
