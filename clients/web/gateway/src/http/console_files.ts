// The console's built files. The names of assets carry their digest, so browsers may keep them for
// good; index.html is asked for anew each time, and answers every address that a person may open.
import { existsSync } from "node:fs";
import path from "node:path";

import fastifyStatic from "@fastify/static";
import type { FastifyRequest } from "fastify";

import { languageOf, refusal } from "../refusal.ts";
import type { App } from "./app.ts";
import { answerError, type Reply } from "./error_answer.ts";

const NOT_BUILT = `Redress runs, but its console was not built.

Run deploy/build in a checkout that has clients/web/console, then load this page again.
Programs reach the services at /redress.<area>.v1.<Service>/<Method>; see protos/redress.
`;

export async function addConsoleFiles(app: App, directory: string): Promise<void> {
  if (existsSync(directory)) {
    await app.register(fastifyStatic, {
      root: directory,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, file) => {
        const kept = file.startsWith(path.join(directory, "assets") + path.sep);
        response.header("cache-control", kept ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  const index = path.join(directory, "index.html");
  app.get("/", (_request, reply): Reply => page(reply, index));
  app.setNotFoundHandler((request, reply) => {
    if (isNavigation(request)) return page(reply, index);
    return answerError(reply, refusal("NOT_FOUND", languageOf(request.headers["accept-language"])));
  });
}

function page(reply: Reply, index: string): Reply {
  if (existsSync(index)) {
    void reply.sendFile("index.html");
    return reply;
  }
  return reply
    .code(503)
    .header("cache-control", "no-store")
    .type("text/plain; charset=utf-8")
    .send(NOT_BUILT);
}

// A person opening an address, not a script or an image asking for a file that is not there.
function isNavigation(request: Pick<FastifyRequest, "method" | "url" | "headers">): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (request.url.startsWith("/redress.") || request.url.startsWith("/assets/")) return false;
  const mode = request.headers["sec-fetch-mode"];
  if (mode !== undefined) return mode === "navigate";
  return request.headers.accept?.includes("text/html") ?? false;
}
