import type { Workflow } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import type { GetFunnelResponse } from "@redress/contract/redress/scoring/v1/funnel_service_pb";
import { GraphChart } from "echarts/charts";
import { AriaComponent, TooltipComponent } from "echarts/components";
import { init, use as register, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useWords, type Say } from "../shared/words";
import type { Behind } from "./behind";
import { flowsOf, placesOf } from "./layout";

register([GraphChart, TooltipComponent, AriaComponent, SVGRenderer]);

interface Props {
  workflow: Workflow;
  funnel: GetFunnelResponse;
  label: string;
  onChoose: (behind: Behind) => void;
}

const smallest = 16;
const largest = 56;
const thickest = 10;

function scaled(value: number, most: number, from: number, to: number): number {
  return most === 0 ? from : from + (to - from) * Math.sqrt(value / most);
}

function optionsOf({ workflow, funnel, label }: Props, { t, name }: Say) {
  const places = placesOf(
    workflow,
    funnel.states.map(({ state }) => state),
  );
  const flows = flowsOf(funnel.edges);
  const mostEntered = Math.max(0, ...funnel.states.map(({ entered }) => Number(entered)));
  const mostTaken = Math.max(0, ...flows.map(({ taken }) => taken));
  return {
    animationDuration: 200,
    aria: { enabled: true, label: { description: label } },
    tooltip: { renderMode: "richText" },
    series: [
      {
        type: "graph",
        layout: "none",
        left: 60,
        right: 60,
        top: 40,
        bottom: 40,
        edgeSymbol: ["none", "arrow"],
        edgeSymbolSize: 7,
        emphasis: { focus: "adjacency" },
        data: funnel.states.map(({ state, entered, now, final }) => ({
          id: state,
          name: name("state", state),
          value: Number(entered),
          ...places.get(state),
          symbolSize: scaled(Number(entered), mostEntered, smallest, largest),
          itemStyle: { color: final ? "#8792a2" : "#1554ad" },
          label: {
            show: true,
            position: "bottom",
            color: "#1f2933",
            formatter: `${name("state", state)}\n${entered} · ${t("funnel.now")} ${now}`,
          },
        })),
        links: flows.map(({ source, target, taken }) => ({
          source,
          target,
          value: taken,
          lineStyle: {
            width: scaled(taken, mostTaken, 1, thickest),
            curveness: 0.18,
            color: "#9fb3c8",
            opacity: 0.8,
          },
        })),
      },
    ],
  };
}

// A picture of the counts that the tables below have: by mouse it leads where their buttons do.
export default function FunnelChart(props: Props) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const choose = useRef(props.onChoose);
  useEffect(() => {
    choose.current = props.onChoose;
  });
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, undefined, { renderer: "svg" });
    chart.current = made;
    made.on("click", ({ dataType, data }) => {
      const { id } = (data ?? {}) as { id?: string };
      if (dataType === "node" && id) choose.current({ case: "entered", value: id });
    });
    const sizes = new ResizeObserver(() => made.resize());
    sizes.observe(box.current);
    return () => {
      sizes.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(optionsOf(props, words), { notMerge: true });
  }, [props, words]);
  return <div ref={box} className="funnel-chart" role="img" aria-label={props.label} />;
}
