// The gateway, put together from its parts.
import type { TLSSocket } from "node:tls";

import { createClient, type Client } from "@connectrpc/connect";
import { registry } from "@redress/contract";
import { SessionService } from "@redress/contract/redress/identity/v1/session_service_pb";
import { ParcelService } from "@redress/contract/redress/order/v1/parcel_service_pb";
import { clockOf } from "@redress/program/clock";
import { ConfigError } from "@redress/program/config";
import { createLogger, type Logger } from "@redress/program/logger";

import { createApp, type App } from "./http/app.ts";
import { addCarrierRoutes } from "./http/carrier_routes.ts";
import { addConsoleFiles } from "./http/console_files.ts";
import { addErrorHandler } from "./http/error_answer.ts";
import { addHealthRoutes } from "./http/health_routes.ts";
import { addRpcRoutes } from "./http/rpc_routes.ts";
import { addSecurityHeaders } from "./http/security_headers.ts";
import { addSessionRoutes } from "./http/session_routes.ts";
import { Admission } from "./rpc/admission.ts";
import { Callers } from "./rpc/callers.ts";
import { Forwarder } from "./rpc/forwarder.ts";
import { servedMethods } from "./rpc/methods.ts";
import { Upstreams } from "./rpc/upstreams.ts";
import { BrowserSessions } from "./session/browser_sessions.ts";
import { Renewal } from "./session/renewal.ts";
import { Sealer } from "./session/sealer.ts";
import type { Settings } from "./settings.ts";
import { Telemetry } from "./telemetry.ts";

// How long identity gets for a renewal. Whether a refresh token was spent cannot be known after a
// failure, so the call waits rather than being cut short.
const RENEWAL_TIMEOUT_MS = 10_000;
const CLOSING_MS = 2_000;

export class Gateway {
  readonly #settings: Settings;
  readonly #log: Logger;
  readonly #app: App;
  readonly #admission: Admission;
  readonly #telemetry: Telemetry;
  readonly #stopping = new AbortController();
  // Connections that speak HTTP/1.1; Node closes the others itself.
  readonly #plainSockets = new Set<TLSSocket>();

  private constructor(settings: Settings, log: Logger, app: App) {
    this.#settings = settings;
    this.#log = log;
    this.#app = app;
    this.#admission = new Admission(settings.limits);
    this.#telemetry = new Telemetry(log, this.#admission);
    app.server.on("secureConnection", (socket: TLSSocket) => {
      if (socket.alpnProtocol === "h2") return;
      this.#plainSockets.add(socket);
      socket.once("close", () => this.#plainSockets.delete(socket));
    });
  }

  /** A gateway that listens. Throws ConfigError, or what kept it from listening. */
  static async start(settings: Settings): Promise<Gateway> {
    const log = createLogger("gateway", settings.logLevel);
    const gateway = new Gateway(settings, log, createApp(settings.served));
    await gateway.#build();
    await gateway.#telemetry.expose(settings.metricsPort);
    await gateway.#app.listen({ host: settings.host, port: settings.port });
    log.info({ address: `${settings.host}:${String(settings.port)}` }, "serving");
    return gateway;
  }

  /** Lets calls finish, ends streams with UNAVAILABLE, and closes; bounded by the grace. */
  async stop(): Promise<void> {
    this.#log.info({ calls: this.#admission.calls, streams: this.#admission.streams }, "stopping");
    this.#stopping.abort();
    const deadline = Date.now() + this.#settings.graceMs;
    while (this.#admission.calls + this.#admission.streams > 0 && Date.now() < deadline) {
      await pause(20);
    }
    const closed = this.#app.close();
    // Everything is answered; a browser's idle connections would keep the server open.
    for (const socket of this.#plainSockets) socket.destroySoon();
    await Promise.race([closed, pause(CLOSING_MS)]);
    this.#log.info("stopped");
  }

  async #build(): Promise<void> {
    const settings = this.#settings;
    const clock = clockOf(settings.clockOffsetFile);
    const upstreams = new Upstreams(settings.upstreams, settings.identity);
    const identity = identityClient(upstreams);
    const renewal = new Renewal(async (refreshToken) => {
      const answer = await identity.refreshSession(
        { refreshToken },
        { timeoutMs: RENEWAL_TIMEOUT_MS, headers: { "x-redress-client": "browser" } },
      );
      if (answer.tokens === undefined) throw new Error("identity refreshed without tokens");
      return answer.tokens;
    }, clock);
    const sessions = new BrowserSessions(
      new Sealer(settings.cookieKeys, "session cookie"),
      renewal,
      clock,
    );
    const served = servedMethods(registry);
    const own = served.filter(({ shared }) => !shared);
    this.#warnOfAbsent(new Set(own.map(({ area }) => area)), upstreams);
    const forwarder = new Forwarder(served, {
      registry,
      upstreams,
      callers: new Callers(sessions),
      admission: this.#admission,
      stopping: this.#stopping.signal,
      unaryTimeoutMs: settings.unaryTimeoutMs,
    });

    addSecurityHeaders(this.#app);
    addErrorHandler(this.#app, this.#log);
    addHealthRoutes(this.#app, upstreams, this.#stopping.signal);
    addRpcRoutes(this.#app, forwarder.router, this.#telemetry);
    addSessionRoutes(this.#app, identity, sessions);
    const orders = upstreams.to("order");
    if (orders !== undefined) {
      addCarrierRoutes(this.#app, createClient(ParcelService, orders), this.#admission);
    }
    await addConsoleFiles(this.#app, settings.consoleDirectory);
  }

  #warnOfAbsent(areas: ReadonlySet<string>, upstreams: Upstreams): void {
    for (const area of areas) {
      if (upstreams.to(area) === undefined) {
        this.#log.warn({ area }, "no address is configured for a service; its calls are refused");
      }
    }
  }
}

function identityClient(upstreams: Upstreams): Client<typeof SessionService> {
  const transport = upstreams.to("identity");
  if (transport === undefined) {
    throw new ConfigError('the key "identity.address" is missing: sessions need the service');
  }
  return createClient(SessionService, transport);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
