// What the gateway says about its calls: a log line each, and figures for Prometheus under the
// services' names. Neither has bodies, queries, tokens or cookies.
import type { Server } from "node:http";

import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { causeOf, type Logger } from "@redress/program/logger";
import { addGauge, exposeMetrics } from "@redress/program/metrics";
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

import type { Admission } from "./rpc/admission.ts";
import type { Call } from "./rpc/call.ts";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export class Telemetry {
  readonly #log: Logger;
  readonly #registry = new Registry();
  readonly #calls: Counter<"method" | "code">;
  readonly #duration: Histogram<"method">;

  constructor(log: Logger, admission: Admission) {
    this.#log = log;
    this.#registry.setDefaultLabels({ service: "gateway" });
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    this.#calls = new Counter({
      name: "redress_calls_total",
      help: "Answered calls by status code.",
      labelNames: ["method", "code"],
      registers,
    });
    this.#duration = new Histogram({
      name: "redress_call_seconds",
      help: "Duration of unary calls.",
      labelNames: ["method"],
      buckets: SECONDS,
      registers,
    });
    addGauge(this.#registry, "redress_calls_open", "Unary calls going on.", () => admission.calls);
    addGauge(this.#registry, "redress_streams_open", "Open streams.", () => admission.streams);
  }

  /** The answer is called with the HTTP status when the response is over. */
  begin(method: DescMethod, call: Call): (httpStatus: number) => void {
    const started = performance.now();
    const name = `${method.parent.typeName}.${method.name}`;
    return (httpStatus) => {
      const seconds = (performance.now() - started) / 1000;
      const code = codeOf(call, httpStatus);
      this.#calls.inc({ method: name, code: String(code) });
      if (method.methodKind === "unary") this.#duration.observe({ method: name }, seconds);
      const line = { trace: call.trace.id, method: name, code, duration_ms: seconds * 1000 };
      if (call.outcome === Code.Internal) {
        this.#log.error({ ...line, cause: causeOf(call.cause) }, "call failed");
      } else if (call.cause !== undefined) {
        this.#log.warn({ ...line, cause: causeOf(call.cause) }, "service did not answer");
      } else {
        this.#log.debug(line, "call");
      }
    };
  }

  /** A response that could not be written to its end. */
  unwritten(call: Call, error: unknown): void {
    const code = ConnectError.from(error).code;
    if (code === Code.Canceled || code === Code.Aborted) return;
    this.#log.warn({ trace: call.trace.id, cause: causeOf(error) }, "response was cut");
  }

  /** Serves /metrics on 127.0.0.1. */
  expose(port: number): Promise<Server> {
    return exposeMetrics(this.#registry, port);
  }
}

// gRPC's number of the code; a request that no handler could read has only its HTTP status.
function codeOf(call: Call, httpStatus: number): number {
  if (call.outcome === "ok") return 0;
  if (call.outcome !== undefined) return call.outcome;
  return httpStatus >= 400 ? Code.InvalidArgument : Code.Canceled;
}
