// /healthz: this process answers. /readyz: so do all services behind it, and it is not stopping.
import type { Upstreams } from "../rpc/upstreams.ts";
import type { App } from "./app.ts";

const CHECK_TIMEOUT_MS = 2_000;

export function addHealthRoutes(app: App, upstreams: Upstreams, stopping: AbortSignal): void {
  app.get("/healthz", (_request, reply) =>
    reply.header("cache-control", "no-store").send({ status: "serving" }),
  );
  app.get("/readyz", async (_request, reply) => {
    const unhealthy = await upstreams.unhealthy(CHECK_TIMEOUT_MS);
    const ready = unhealthy.length === 0 && !stopping.aborted;
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: ready ? "serving" : "not_serving", unhealthy, stopping: stopping.aborted });
  });
}
