// Streams through the gateway: delivered as they come, and ended on both sides.
import { Code, ConnectError, createClient, type Client } from "@connectrpc/connect";
import { FigureService } from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { beforeAll, describe, expect, test } from "vitest";

import { until } from "../../support/web/deployment.ts";
import { Browser, connect, createShop, deployment, grpcWeb, type Shop } from "./shop.ts";

// The port of a program's metrics, counted from the gateway's.
const SCORING = 5;
const WATCH = 'method="redress.scoring.v1.FigureService.WatchFigures"';

let shop: Shop;
let query: { figureIds: string[]; fromDay: string; toDay: string };
beforeAll(async () => {
  shop = await createShop();
  const browser = await Browser.loggedIn(shop);
  const figures = createClient(FigureService, connect(browser.headers));
  const { definitions } = await figures.listFigureDefinitions({});
  query = {
    figureIds: [definitions[0]?.figureId ?? ""],
    fromDay: "2026-01-01",
    toDay: "2026-01-07",
  };
});

const streamsOpen = (): Promise<number> => deployment.metric(0, "redress_streams_open");

async function watch(
  client: Client<typeof FigureService>,
  seen: () => Promise<void> | void,
): Promise<ConnectError | undefined> {
  const stop = new AbortController();
  try {
    for await (const _ of client.watchFigures({ query }, { signal: stop.signal })) {
      await seen();
      stop.abort();
    }
  } catch (error) {
    return ConnectError.from(error);
  }
  return undefined;
}

describe("Stream", () => {
  test.each([
    ["Connect", connect],
    ["gRPC-Web", grpcWeb],
  ])("DeliversAndIsCancelledUpstream %s", async (_name, transport) => {
    const browser = await Browser.loggedIn(shop);
    const ended = () => deployment.metric(SCORING, "redress_calls_total", WATCH);
    const before = await ended();
    const error = await watch(createClient(FigureService, transport(browser.headers)), async () => {
      expect(await streamsOpen()).toBe(1);
      expect(await ended()).toBe(before);
    });
    expect(error?.code).toBe(Code.Canceled);
    await until(async () => (await streamsOpen()) === 0);
    await until(async () => (await ended()) === before + 1);
  });

  test("BringsARenewedCookieBeforeItsFirstByte", async () => {
    const browser = await Browser.loggedIn(shop);
    await deployment.advance(601);
    let cookies: string[] = [];
    const client = createClient(FigureService, connect(browser.headers));
    const stop = new AbortController();
    const options = {
      signal: stop.signal,
      onHeader: (headers: Headers) => {
        cookies = headers.getSetCookie();
      },
    };
    try {
      for await (const _ of client.watchFigures({ query }, options)) stop.abort();
    } catch (error) {
      expect(ConnectError.from(error).code).toBe(Code.Canceled);
    }
    expect(cookies).toHaveLength(1);
  });

  test("EndsWithUnavailableWhenTheGatewayStops", async () => {
    const browser = await Browser.loggedIn(shop);
    const client = createClient(FigureService, connect(browser.headers));
    let code: Code | undefined;
    try {
      for await (const _ of client.watchFigures({ query })) {
        await deployment.supervise("stop", "gateway");
      }
    } catch (error) {
      code = ConnectError.from(error).code;
    } finally {
      await deployment.supervise("start", "gateway");
    }
    expect(code).toBe(Code.Unavailable);
    await until(async () => {
      try {
        return (await fetch(`${deployment.url}/readyz`)).ok;
      } catch {
        return false;
      }
    });
  });
});

describe("AbsentService", () => {
  test("IsNamedByReadinessAndByCallsAndComesBack", async () => {
    const browser = await Browser.loggedIn(shop);
    const figures = createClient(FigureService, connect(browser.headers));
    await deployment.supervise("stop", "scoring");
    try {
      const ready = await fetch(`${deployment.url}/readyz`);
      expect([ready.status, await ready.json()]).toMatchObject([503, { unhealthy: ["scoring"] }]);
      const error = await figures.listFigureDefinitions({}).then(
        () => undefined,
        (thrown: unknown) => ConnectError.from(thrown),
      );
      expect(error?.code).toBe(Code.Unavailable);
      expect(error?.rawMessage).toMatch(/^The scoring service does not answer/);
    } finally {
      await deployment.supervise("start", "scoring");
    }
    await until(async () => (await fetch(`${deployment.url}/readyz`)).ok);
    expect((await figures.listFigureDefinitions({})).definitions.length).toBeGreaterThan(0);
  });
});
