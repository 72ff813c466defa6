// Errors outside of RPCs have the form of Connect's, so that a page needs to know one form only.
import { ConnectError } from "@connectrpc/connect";
import { codeToHttpStatus, errorToJson } from "@connectrpc/connect/protocol-connect";
import { registry } from "@redress/contract";
import { causeOf, type Logger } from "@redress/program/logger";
import type { FastifyReply, RouteGenericInterface } from "fastify";
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse } from "node:http2";

import { languageOf, refusal } from "../refusal.ts";
import { relayed } from "../rpc/relay.ts";
import { traceOf } from "../trace.ts";
import type { App } from "./app.ts";

export type Reply = FastifyReply<
  RouteGenericInterface,
  Http2SecureServer,
  Http2ServerRequest,
  Http2ServerResponse
>;

export function answerError(reply: Reply, error: ConnectError): Reply {
  error.metadata.forEach((value, name) => void reply.header(name, value));
  return reply
    .code(codeToHttpStatus(error.code))
    .header("cache-control", "no-store")
    .type("application/json")
    .send(JSON.stringify(errorToJson(error, { registry })));
}

/** Answers what a handler threw: refusals as they are, identity's too, bugs without their cause. */
export function addErrorHandler(app: App, log: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    const language = languageOf(request.headers["accept-language"]);
    if (error instanceof ConnectError) {
      const isOurs = error.details.some((detail) => "desc" in detail);
      return answerError(reply, isOurs ? error : relayed(error, "identity", language, registry));
    }
    if (isOfRequest(error)) return answerError(reply, refusal("INVALID_REQUEST", language));
    const trace = traceOf(request.headers["traceparent"]?.toString());
    log.error({ trace: trace.id, cause: causeOf(error) }, "request failed");
    return answerError(
      reply,
      refusal("INTERNAL", language, { parameters: { trace_id: trace.id } }),
    );
  });
}

// Fastify's own: a body that is too large, of another type, or no JSON.
function isOfRequest(error: unknown): boolean {
  return (
    error instanceof Error &&
    "statusCode" in error &&
    typeof error.statusCode === "number" &&
    error.statusCode < 500
  );
}
