// What the gateway says about itself: JSON lines of the services' form on standard error, and
// figures for Prometheus under the services' names. Neither has bodies, queries, tokens or cookies.
import { createServer, type Server } from "node:http";

import type { DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { pino, type Logger } from "pino";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

import type { Admission } from "./rpc/admission.ts";
import type { Call } from "./rpc/call.ts";

export type { Logger } from "pino";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createLogger(level: "debug" | "info" | "warning" | "error"): Logger {
  return pino(
    {
      level: level === "warning" ? "warn" : level,
      messageKey: "message",
      base: { service: "gateway" },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label === "warn" ? "warning" : label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

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
    gauge("redress_calls_open", "Unary calls going on.", registers, () => admission.calls);
    gauge("redress_streams_open", "Open streams.", registers, () => admission.streams);
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
  async expose(port: number): Promise<Server> {
    const server = createServer((request, response) => {
      if (request.url !== "/metrics") {
        response.writeHead(404).end();
        return;
      }
      void this.#registry.metrics().then((text) => {
        response.writeHead(200, { "content-type": this.#registry.contentType }).end(text);
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    return server;
  }
}

// gRPC's number of the code; a request that no handler could read has only its HTTP status.
function codeOf(call: Call, httpStatus: number): number {
  if (call.outcome === "ok") return 0;
  if (call.outcome !== undefined) return call.outcome;
  return httpStatus >= 400 ? Code.InvalidArgument : Code.Canceled;
}

export function causeOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  if (!(error instanceof Error)) return typeof error === "string" ? error : "something thrown";
  const inner = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  // A ConnectError's text is the peer's; a bug's stack names the place.
  return error instanceof ConnectError ? error.message + inner : (error.stack ?? error.message);
}

function gauge(name: string, help: string, registers: Registry[], read: () => number): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}
