import type { RfmBounds } from "@redress/contract/redress/customer/v1/rfm_service_pb";

const day_us = 86_400_000_000n;

// Whole days of microseconds.
export function daysOf(span_us: bigint): number {
  return Number(span_us / day_us);
}

// The values that have a score: those above one bound, up to another.
export interface Bound {
  above?: bigint;
  upTo?: bigint;
}

// Recency is the better the smaller it is; the others the larger.
export function boundOf(letter: "R" | "F" | "M", score: number, bounds: RfmBounds): Bound {
  const list =
    letter === "R" ? bounds.recencyUs : letter === "F" ? bounds.frequency : bounds.monetaryMinor;
  const place = letter === "R" ? 5 - score : score - 1;
  const above = list[place - 1];
  const upTo = list[place];
  return { ...(above !== undefined && { above }), ...(upTo !== undefined && { upTo }) };
}
