// JSON lines of the services' form on standard error; without bodies, queries, tokens and cookies.
import { ConnectError } from "@connectrpc/connect";
import { pino, type Logger } from "pino";

import type { LogLevel } from "./values.ts";

export type { Logger } from "pino";

export function createLogger(service: string, level: LogLevel): Logger {
  return pino(
    {
      level: level === "warning" ? "warn" : level,
      messageKey: "message",
      base: { service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label === "warn" ? "warning" : label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** For a log line; undefined for undefined. */
export function causeOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  if (!(error instanceof Error)) return typeof error === "string" ? error : "something thrown";
  const inner = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  // A ConnectError's text is the peer's; a bug's stack names the place.
  return error instanceof ConnectError ? error.message + inner : (error.stack ?? error.message);
}
