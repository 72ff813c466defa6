// Which count's cases are shown; as the contract's oneof has it.
export type Behind =
  | { case: "entered"; value: string }
  | { case: "now"; value: string }
  | { case: "edge"; value: { fromState: string; event: string; toState: string } };

// In the address: "entered:Settling", "now:Settling", "edge:Requested|approve|Settling".
export function textOf(behind: Behind): string {
  if (behind.case !== "edge") return `${behind.case}:${behind.value}`;
  const { fromState, event, toState } = behind.value;
  return `edge:${[fromState, event, toState].join("|")}`;
}

export function behindOf(text: string): Behind | undefined {
  const [, which, rest] = /^(entered|now|edge):(.+)$/.exec(text) ?? [];
  if (rest === undefined) return undefined;
  if (which !== "edge") return { case: which === "now" ? "now" : "entered", value: rest };
  const [fromState = "", event = "", toState = ""] = rest.split("|");
  return event && toState ? { case: "edge", value: { fromState, event, toState } } : undefined;
}
