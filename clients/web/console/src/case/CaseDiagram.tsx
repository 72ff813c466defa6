import type { Case, Step } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { useWords, type Say } from "../shared/words";
import { stepsQuery } from "./queries";

// The diagrams that the machines' own tables were drawn to, by kind.
const drawings = import.meta.glob<string>("../../../../../workflows/*/docs/*.svg", {
  query: "?raw",
  import: "default",
});

async function readDrawing(kind: string): Promise<string> {
  const path = Object.keys(drawings).find((one) => one.endsWith(`/${kind}/docs/${kind}.svg`));
  const load = path && drawings[path];
  return load ? load() : "";
}

// The machine's diagram with the present state lit and the visited ones marked.
export function CaseDiagram({ of }: { of: Case }) {
  const drawing = useQuery({
    queryKey: ["drawing", of.kind],
    queryFn: () => readDrawing(of.kind),
    staleTime: Infinity,
  });
  const steps = useQuery(stepsQuery(useWork(), of));
  return (
    <Loaded of={drawing} rows={8}>
      {(svg) => <Drawing svg={svg} state={of.state} steps={steps.data ?? []} />}
    </Loaded>
  );
}

function Drawing({ svg, state, steps }: { svg: string; state: string; steps: Step[] }) {
  const words = useWords();
  const { t } = words;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current) light(box.current, state, steps);
  }, [svg, state, steps]);
  useEffect(() => {
    if (box.current) rename(box.current, words);
  }, [svg, words]);
  return (
    <figure className="diagram">
      <figcaption>
        <span className="lit-present">{t("case.present")}</span>
        <span className="lit-visited">{t("case.visited")}</span>
        <small className="quiet">{t("case.star")}</small>
      </figcaption>
      <div
        ref={box}
        role="img"
        aria-label={`${t("case.diagram")}: ${words.name("state", state)}`}
        tabIndex={0}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
    </figure>
  );
}

function light(box: HTMLElement, state: string, steps: Step[]): void {
  const visited = new Set(steps.map((step) => step.toState));
  for (const node of box.querySelectorAll("[id^='state-']")) {
    const name = node.id.slice("state-".length);
    node.classList.toggle("present", name === state);
    if (name === state) showInside(box, node);
    node.classList.toggle("visited", name !== state && visited.has(name));
  }
}

// Scrolls the box, not the page, to the present state.
function showInside(box: HTMLElement, node: Element): void {
  const [frame, place] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
  box.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
  box.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2;
}

// Puts the reader's words in place of the machine's names; remembers those for the next language.
function rename(box: HTMLElement, { name }: Say): void {
  for (const text of box.querySelectorAll<SVGTextElement>("text")) {
    const own = text.dataset["name"] ?? text.textContent.trim();
    text.dataset["name"] = own;
    // A guarded event carries a star.
    const bare = own.replace(/\*$/, "");
    const word = ["state", "event", "deadlineRule"]
      .map((group) => name(group, bare))
      .find((one) => one !== bare);
    text.textContent = word ? word + own.slice(bare.length) : own;
  }
}
