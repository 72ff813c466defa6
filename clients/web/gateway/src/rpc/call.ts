// One RPC on its way through the gateway, from the first header to the last byte.
import { createContextKey, type Code } from "@connectrpc/connect";

import { languageOf, type Language } from "../refusal.ts";
import { traceOf, type Trace } from "../trace.ts";

export class Call {
  readonly trace: Trace;
  readonly language: Language;
  readonly host: string | undefined;
  /** The service that the caller wants of those which share an area, as its header says. */
  readonly service: string;
  /** What the service is told; complete once the call has been admitted. */
  readonly upstreamHeader = new Headers();
  /** How it ended; undefined while it has not, or when the request could not be read. */
  outcome: Code | "ok" | undefined;
  /** The cause of an INTERNAL, for the log alone. */
  cause: unknown;
  readonly #releases: (() => void)[] = [];

  constructor(headers: Readonly<Record<string, string | string[] | undefined>>) {
    this.trace = traceOf(one(headers["traceparent"]));
    this.language = languageOf(one(headers["accept-language"]));
    this.service = one(headers["x-redress-service"]) ?? "";
    this.host = one(headers[":authority"]) ?? one(headers["host"]);
  }

  /** `release` is called when the response is over, however it ends. */
  hold(release: () => void): void {
    this.#releases.push(release);
  }

  close(): void {
    for (const release of this.#releases.splice(0)) release();
  }
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

export const callKey = createContextKey<Call | undefined>(undefined, { description: "call" });
