import { randomBytes } from "node:crypto";

/** Where a call stands in a W3C trace. */
export interface Trace {
  /** 32 hex digits; on every log line of the call, here and in the services. */
  readonly id: string;
  /** The `traceparent` to pass on: the same trace, this process as the parent. */
  readonly parent: string;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;
const NO_TRACE = "0".repeat(32);

/** Goes on with the caller's trace, or begins one when `traceparent` names none. */
export function traceOf(traceparent: string | null | undefined): Trace {
  const [, given, flags = "01"] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  const id = given === undefined || given === NO_TRACE ? randomBytes(16).toString("hex") : given;
  return { id, parent: `00-${id}-${randomBytes(8).toString("hex")}-${flags}` };
}
