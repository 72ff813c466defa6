import { PersonQueue } from "@redress/contract/redress/aftersales/v1/case_pb";
import { CaseOrder } from "@redress/contract/redress/aftersales/v1/case_service_pb";

// What the queue shows; lives in the address, so that it can be shared and gone back to.
export type Scope = "mine" | "nobody" | "all" | "newest" | "escalated";
export const scopes: Scope[] = ["mine", "nobody", "all", "newest", "escalated"];

// What deadlines and limits have brought before the supervisors, who alone have a scope for it.
export function scopesOf(isSupervisor: boolean): Scope[] {
  return scopes.filter((scope) => isSupervisor || scope !== "escalated");
}

export interface Filter {
  scope: Scope;
  // A state's name; empty for every state.
  state: string;
  // A kind of case; empty for every kind.
  kind: string;
  // A team's name; empty for everybody's.
  team: string;
  // Whose look the cases need; empty for all cases.
  person: Person | "";
}

export type Person = "agents" | "supervisors" | "finance";
const personQueues: Record<Person, PersonQueue> = {
  agents: PersonQueue.AGENTS,
  supervisors: PersonQueue.SUPERVISORS,
  finance: PersonQueue.FINANCE,
};
export const persons = Object.keys(personQueues) as Person[];

export function filterOf(search: URLSearchParams): Filter {
  const scope = scopes.find((one) => one === search.get("scope")) ?? "all";
  const person = persons.find((one) => one === search.get("for")) ?? "";
  const kind = search.get("kind") ?? "";
  return { scope, state: search.get("state") ?? "", kind, team: search.get("team") ?? "", person };
}

export function searchOf(filter: Filter): string {
  const search = new URLSearchParams();
  if (filter.scope !== "all") search.set("scope", filter.scope);
  if (filter.state) search.set("state", filter.state);
  if (filter.kind) search.set("kind", filter.kind);
  if (filter.team) search.set("team", filter.team);
  if (filter.person) search.set("for", filter.person);
  const text = search.toString();
  return text && `?${text}`;
}

export function requestOf(filter: Filter, accountId: string) {
  const assignees = { mine: accountId, nobody: "nobody", all: "", newest: "", escalated: "" };
  const person = filter.scope === "escalated" ? "supervisors" : filter.person;
  return {
    order: filter.scope === "newest" ? CaseOrder.NEWEST : CaseOrder.QUEUE,
    assigneeId: assignees[filter.scope],
    state: filter.state,
    kind: filter.kind,
    team: filter.scope === "newest" ? "" : filter.team,
    personQueue: person ? personQueues[person] : PersonQueue.UNSPECIFIED,
    pageSize: 50,
  };
}
