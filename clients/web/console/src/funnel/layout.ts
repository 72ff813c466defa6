import type { Workflow } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import type { FunnelEdge } from "@redress/contract/redress/scoring/v1/funnel_service_pb";

export interface Place {
  x: number;
  y: number;
}

// How far a state is from the initial one, by the machine's own edges; final ones stand last.
function depthsOf(workflow: Workflow): Map<string, number> {
  const depths = new Map([[workflow.initialState, 0]]);
  const open = [workflow.initialState];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    for (const { source, target } of workflow.edges) {
      if (source !== at || depths.has(target)) continue;
      depths.set(target, (depths.get(at) ?? 0) + 1);
      open.push(target);
    }
  }
  const last = Math.max(0, ...depths.values()) + 1;
  for (const { name, final } of workflow.states) {
    if (final || !depths.has(name)) depths.set(name, last);
  }
  return depths;
}

// Columns from left to right, the states of one below each other. States that only earlier versions
// of the machine know stand in the last column.
export function placesOf(workflow: Workflow, states: string[]): Map<string, Place> {
  const depths = depthsOf(workflow);
  const last = Math.max(0, ...depths.values());
  const columns = new Map<number, string[]>();
  const order = workflow.states.map(({ name }) => name);
  const all = [...new Set([...order.filter((name) => states.includes(name)), ...states])];
  for (const name of all) {
    const depth = depths.get(name) ?? last;
    columns.set(depth, [...(columns.get(depth) ?? []), name]);
  }
  const places = new Map<string, Place>();
  const used = [...columns.keys()].sort((a, b) => a - b);
  used.forEach((depth, column) => {
    const names = columns.get(depth) ?? [];
    names.forEach((name, row) => {
      const offset = column % 2 === 0 ? 0 : 0.3;
      places.set(name, { x: column, y: row + 0.5 - names.length / 2 + offset });
    });
  });
  return places;
}

export interface Flow {
  source: string;
  target: string;
  taken: number;
}

// What went from one state to another, by whatever event.
export function flowsOf(edges: FunnelEdge[]): Flow[] {
  const flows = new Map<string, Flow>();
  for (const { fromState, toState, taken } of edges) {
    if (!fromState || fromState === toState) continue;
    const key = `${fromState}|${toState}`;
    const known = flows.get(key) ?? { source: fromState, target: toState, taken: 0 };
    flows.set(key, { ...known, taken: known.taken + Number(taken) });
  }
  return [...flows.values()];
}
