// The bridge's HTTPS side: /qimen for the warehouse system, /healthz and /readyz for operators.
import type { Clock } from "@redress/program/clock";
import { causeOf, type Logger } from "@redress/program/logger";
import fastify, { type FastifyInstance } from "fastify";
import type { Server } from "node:https";

import type { Confirmations } from "../confirmations.ts";
import { UnusableMessage } from "../protocol/confirmations.ts";
import {
  checkedMethod,
  CONTENT_TYPE,
  EnvelopeError,
  writeAnswer,
  type Answer,
  type Partner,
} from "../protocol/envelope.ts";
import { parseXml, XmlError } from "../protocol/xml.ts";
import type { Telemetry } from "../telemetry.ts";

export type App = FastifyInstance<Server>;

export interface AppUse {
  readonly served: { readonly certificate: string; readonly key: string };
  readonly partner: Partner;
  readonly mostAgeMs: number;
  readonly confirmations: Confirmations;
  readonly clock: Clock;
  readonly log: Logger;
  readonly telemetry: Telemetry;
  readonly isReady: () => boolean;
}

const MOST_BODY_BYTES = 1 << 20;
const MOST_AT_ONCE = 64;
// Bodies are read before their signature can be checked.
const MOST_CONNECTIONS = 256;
const REQUEST_TIMEOUT_MS = 30_000;

export function createApp(use: AppUse): App {
  const app: App = fastify({
    https: { cert: use.served.certificate, key: use.served.key, minVersion: "TLSv1.2" },
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logger: false,
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  // The signature is over the bytes as they came, whatever their type is said to be.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  addHealth(app, use.isReady);
  addQimen(app, use);
  return app;
}

function addHealth(app: App, isReady: () => boolean): void {
  app.get("/healthz", () => ({ status: "serving" }));
  app.get("/readyz", (_request, reply) =>
    reply.code(isReady() ? 200 : 503).send({ status: isReady() ? "serving" : "not_serving" }),
  );
}

function addQimen(app: App, use: AppUse): void {
  let going = 0;
  app.post("/qimen", async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const taking: Taking = { method: "", query: queryOf(request.raw.url ?? ""), body };
    going++;
    let answered: Answered;
    try {
      answered = going > MOST_AT_ONCE ? OVERLOADED : await take(taking, use);
    } catch (error) {
      answered = refused(error, taking, use.log);
    } finally {
      going--;
    }
    use.telemetry.taken(taking.method || "unknown", answered.answer.code);
    return reply.code(answered.status).type(CONTENT_TYPE).send(writeAnswer(answered.answer));
  });
}

interface Taking {
  method: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

interface Answered {
  readonly status: number;
  readonly answer: Answer;
}

const OVERLOADED = failure(503, "overloaded", "too much is going on at once: send it again");

async function take(taking: Taking, use: AppUse): Promise<Answered> {
  const { query, body } = taking;
  const { partner, mostAgeMs, clock, confirmations } = use;
  const method = checkedMethod(query, body, partner, clock.nowMs(), mostAgeMs);
  taking.method = METHOD.test(method) ? method : "unknown";
  const answer = await confirmations.take(method, parseXml(body.toString("utf8")), body);
  use.log.info({ method: taking.method, code: answer.code }, "message taken");
  return { status: 200, answer };
}

// What may stand in a figure's label.
const METHOD = /^(returnorder\.confirm|deliveryorder\.confirm|sendgoods\.cancel)$/;

function refused(error: unknown, { method }: Taking, log: Logger): Answered {
  if (error instanceof EnvelopeError) {
    log.warn({ code: error.code }, "request refused");
    return failure(error.code === "sign-check-failure" ? 403 : 400, error.code, error.message);
  }
  if (error instanceof XmlError || error instanceof UnusableMessage) {
    log.warn({ method, cause: error.message }, "message is not usable");
    return failure(400, "invalid-message", error.message);
  }
  log.warn({ method, cause: causeOf(error) }, "message could not be taken");
  return failure(503, "unavailable", "it could not be taken now: send it again as it is");
}

function failure(status: number, code: string, message: string): Answered {
  return { status, answer: { flag: "failure", code, message } };
}

function queryOf(url: string): URLSearchParams {
  const mark = url.indexOf("?");
  return new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
}
