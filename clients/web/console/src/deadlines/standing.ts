import type { DeadlineRule } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { millisOf } from "../shared/format/time";

// Where a rule stands among those of the same condition and scope.
export type Standing = "inForce" | "later" | "past" | "standard";

export type Place = Pick<DeadlineRule, "rule" | "condition" | "platform" | "variant">;

// Rule, condition, platform and variant: what versions are counted under.
export function placeOf({ rule, condition, platform, variant }: Place): string {
  return [rule, condition, platform, variant].join("|");
}

function isNewer(a: DeadlineRule, b: DeadlineRule): boolean {
  const [from, other] = [millisOf(a.effectiveTime) ?? 0, millisOf(b.effectiveTime) ?? 0];
  return from === other ? a.version > b.version : from > other;
}

// The standing of each rule at a moment, in the order given.
export function standingsOf(rules: DeadlineRule[], now: number): Standing[] {
  const inForce = new Map<string, DeadlineRule>();
  for (const rule of rules) {
    if (!rule.own || (millisOf(rule.effectiveTime) ?? 0) > now) continue;
    const known = inForce.get(placeOf(rule));
    if (!known || isNewer(rule, known)) inForce.set(placeOf(rule), rule);
  }
  return rules.map((rule) => {
    if (!rule.own) return "standard";
    if ((millisOf(rule.effectiveTime) ?? 0) > now) return "later";
    return inForce.get(placeOf(rule)) === rule ? "inForce" : "past";
  });
}

// What was set last in the place of a rule; without one of the shop's own, its default.
export function lastSet(rules: DeadlineRule[], place: string): DeadlineRule | undefined {
  return rules
    .filter((rule) => placeOf(rule) === place)
    .toSorted((a, b) => b.version - a.version)[0];
}

// The last version that was set in the place of a rule; 0 where none was.
export function lastVersion(rules: DeadlineRule[], place: string): number {
  return lastSet(rules, place)?.version ?? 0;
}
