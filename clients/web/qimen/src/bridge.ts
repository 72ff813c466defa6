// The bridge, put together from its parts.
import tls from "node:tls";

import { createGrpcTransport } from "@connectrpc/connect-node";
import type { Transport } from "@connectrpc/connect";
import { clockOf } from "@redress/program/clock";
import { causeOf, createLogger, type Logger } from "@redress/program/logger";
import { setTimeout as pause } from "node:timers/promises";

import { Confirmations } from "./confirmations.ts";
import { createApp, type App } from "./http/app.ts";
import { Orders } from "./orders.ts";
import { retryPauseMs } from "./pauses.ts";
import { Account } from "./redress/account.ts";
import { Aftersales } from "./redress/aftersales.ts";
import type { Settings } from "./settings.ts";
import { Telemetry } from "./telemetry.ts";
import { Wms } from "./wms.ts";

// A stream that lived this long was no failed attempt.
const LASTED_MS = 30_000;

export class Bridge {
  readonly #log: Logger;
  readonly #app: App;
  readonly #orders: Orders;
  readonly #account: Account;
  readonly #aftersales: Aftersales;
  readonly #stopping = new AbortController();
  #watching: Promise<void> = Promise.resolve();
  #isWatching = false;

  private constructor(settings: Settings, log: Logger, telemetry: Telemetry) {
    this.#log = log;
    const clock = clockOf(settings.clockOffsetFile);
    const identity = transportTo(settings.identityAddress, settings.ca);
    const account = new Account(identity, settings.credentials, clock);
    const aftersales = new Aftersales(
      transportTo(settings.aftersalesAddress, settings.ca),
      account,
      settings.leaseSeconds,
    );
    this.#account = account;
    this.#aftersales = aftersales;
    const { warehouse, partner, mostAgeMs, served } = settings;
    const wms = new Wms(settings.wms, clock);
    this.#orders = new Orders(
      { aftersales, account, wms, warehouse, clock, log, telemetry },
      settings.ordersAtOnce,
    );
    const confirmations = new Confirmations(aftersales, log, telemetry);
    const isReady = () => this.#isWatching && !this.#stopping.signal.aborted;
    this.#app = createApp({
      ...{ served, partner, mostAgeMs, confirmations, clock, log, telemetry, isReady },
    });
  }

  /** A bridge that listens; it is ready once it watches the shop's tasks. */
  static async start(settings: Settings): Promise<Bridge> {
    if (settings.wmsCa !== undefined) {
      tls.setDefaultCACertificates([...tls.getCACertificates("default"), settings.wmsCa]);
    }
    const log = createLogger("qimen", settings.logLevel);
    const telemetry = new Telemetry();
    const bridge = new Bridge(settings, log, telemetry);
    await telemetry.expose(settings.metricsPort, () => bridge.#orders.open);
    await bridge.#app.listen({ host: settings.host, port: settings.port });
    bridge.#watching = bridge.#watch();
    log.info({ address: `${settings.host}:${settings.port}` }, "serving");
    return bridge;
  }

  /** Lets messages and orders that are under way finish. */
  async stop(): Promise<void> {
    this.#log.info("stopping");
    this.#stopping.abort();
    await Promise.all([this.#app.close(), this.#orders.stop(), this.#watching]);
    this.#log.info("stopped");
  }

  // Streams end with every access token, and whenever a service restarts.
  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    for (let attempts = 1; !signal.aborted; attempts++) {
      const begun = performance.now();
      try {
        await this.#account.id();
        this.#isWatching = true;
        this.#orders.begin();
        for await (const task of this.#aftersales.watch(signal)) this.#orders.see(task);
      } catch (error) {
        this.#cut(error);
      }
      this.#isWatching = false;
      if (performance.now() - begun > LASTED_MS) attempts = 1;
      await pause(retryPauseMs(attempts), undefined, { signal }).catch(() => undefined);
    }
  }

  #cut(error: unknown): void {
    if (!this.#stopping.signal.aborted)
      this.#log.warn({ cause: causeOf(error) }, "watching was cut");
  }
}

function transportTo(address: string, ca: string): Transport {
  return createGrpcTransport({
    baseUrl: `https://${address}`,
    nodeOptions: { ca },
    acceptCompression: [],
  });
}
