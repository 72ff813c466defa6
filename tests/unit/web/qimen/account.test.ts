import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { SessionService } from "@redress/contract/redress/identity/v1/session_service_pb";
import { beforeEach, describe, expect, test } from "vitest";

import { Account, AccountUnfit } from "../../../../clients/web/qimen/src/redress/account.ts";

let nowMs = 0;
let shops: string[] = [];
let logIns = 0;
let spent: string[] = [];
let isAway = false;

function tokens(name: string) {
  return {
    accessToken: `access of ${name}`,
    accessExpireTime: timestampFromMs(nowMs + 600_000),
    refreshToken: `refresh of ${name}`,
    refreshExpireTime: timestampFromMs(nowMs + 86_400_000),
  };
}

// Identity, as far as the bridge sees it: a refresh token is good once.
const identity = createRouterTransport(({ service }) => {
  service(SessionService, {
    logIn: ({ password }) => {
      if (isAway) throw new ConnectError("away", Code.Unavailable);
      if (password !== "right") throw new ConnectError("wrong", Code.Unauthenticated);
      logIns++;
      const memberships = shops.map((shopId) => ({ shopId }));
      return { tokens: tokens(`log-in ${logIns}`), accountId: "5", memberships };
    },
    refreshSession: ({ refreshToken }) => {
      if (isAway) throw new ConnectError("away", Code.Unavailable);
      if (spent.includes(refreshToken)) throw new ConnectError("spent", Code.Unauthenticated);
      spent.push(refreshToken);
      return { tokens: tokens(`renewal ${spent.length}`) };
    },
  });
});

function account(more: { password?: string; shopId?: string } = {}): Account {
  const credentials = { accountName: "wms", password: "right", shopId: "", ...more };
  return new Account(identity, credentials, { nowMs: () => nowMs });
}

beforeEach(() => {
  nowMs = 1_000_000;
  shops = ["3"];
  logIns = 0;
  spent = [];
  isAway = false;
});

describe("Account", () => {
  test("LogsInOnceForManyCallsAtOnce", async () => {
    const one = account();
    const all = await Promise.all(Array.from({ length: 20 }, () => one.headers()));
    expect(logIns).toBe(1);
    expect(all[19]?.get("authorization")).toBe("Bearer access of log-in 1");
    expect(all[19]?.get("x-redress-shop")).toBe("3");
    expect(await one.id()).toBe("5");
  });

  test("RenewsOnceForManyCallsBeforeItsTokenRunsOut", async () => {
    const one = account();
    await one.headers();
    nowMs += 541_000;
    const all = await Promise.all(Array.from({ length: 20 }, () => one.headers()));
    expect(new Set(all.map((headers) => headers.get("authorization")))).toEqual(
      new Set(["Bearer access of renewal 1"]),
    );
    expect([logIns, spent.length]).toEqual([1, 1]);
  });

  test("RenewsWhenAServiceRefusesItsToken", async () => {
    const one = account();
    await one.headers();
    one.expire();
    expect((await one.headers()).get("authorization")).toBe("Bearer access of renewal 1");
  });

  test("LogsInAnewWhenItsSessionWasEnded", async () => {
    const one = account();
    await one.headers();
    spent.push("refresh of log-in 1");
    one.expire();
    expect((await one.headers()).get("authorization")).toBe("Bearer access of log-in 2");
  });

  test("TriesAgainAfterIdentityWasAway", async () => {
    const one = account();
    isAway = true;
    await expect(one.headers()).rejects.toMatchObject({ code: Code.Unavailable });
    isAway = false;
    expect((await one.headers()).get("x-redress-shop")).toBe("3");
  });

  test("IsRefusedWithAWrongPassword", async () => {
    await expect(account({ password: "wrong" }).headers()).rejects.toMatchObject({
      code: Code.Unauthenticated,
    });
  });

  test("WorksInTheShopThatIsNamed", async () => {
    shops = ["3", "4"];
    expect((await account({ shopId: "4" }).headers()).get("x-redress-shop")).toBe("4");
  });

  test.each([
    ["in none", [], ""],
    ["in several and none is named", ["3", "4"], ""],
    ["in others than the one that is named", ["3"], "4"],
  ])("IsUnfitWhenItWorks %s", async (_what, memberships, shopId) => {
    shops = memberships;
    await expect(account({ shopId }).headers()).rejects.toThrow(AccountUnfit);
  });
});
