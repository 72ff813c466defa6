import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  SessionTokensSchema,
  type SessionTokens,
} from "@redress/contract/redress/identity/v1/session_service_pb";
import { beforeEach, describe, expect, test } from "vitest";

import { Renewal, SessionEnded } from "../../../../clients/web/gateway/src/session/renewal.ts";
import { sampleSession } from "./sample_session.ts";

// Identity's rule: a refresh token is good once, and a second use ends the session.
class OneUseTokens {
  readonly spent: string[] = [];
  nowMs = 0;
  failure: Error | undefined;

  refresh = async (token: string): Promise<SessionTokens> => {
    await Promise.resolve();
    if (this.failure !== undefined) throw this.failure;
    if (this.spent.includes(token)) throw new ConnectError("reused", Code.Unauthenticated);
    this.spent.push(token);
    const number = this.spent.length;
    return create(SessionTokensSchema, {
      accessToken: `access-${number}`,
      accessExpireTime: timestampFromMs(this.nowMs + 600_000),
      refreshToken: `refresh-${number}`,
      refreshExpireTime: timestampFromMs(this.nowMs + 1_209_600_000),
    });
  };
}

let identity: OneUseTokens;
let renewal: Renewal;
beforeEach(() => {
  identity = new OneUseTokens();
  renewal = new Renewal(identity.refresh, { nowMs: () => identity.nowMs });
});

describe("Renewal", () => {
  test("LeavesAFreshSessionAlone", async () => {
    expect(await renewal.fresh(sampleSession)).toBe(sampleSession);
    expect(identity.spent).toEqual([]);
  });

  test("RenewsBeforeTheAccessTokenExpires", async () => {
    identity.nowMs = sampleSession.accessExpiresMs - 59_000;
    const renewed = await renewal.fresh(sampleSession);
    expect(renewed.accessToken).toBe("access-1");
    expect(renewed.id).toBe(sampleSession.id);
    expect(renewed.csrfToken).toBe(sampleSession.csrfToken);
  });

  test("SpendsARefreshTokenOnceForManyCallsAtOnce", async () => {
    identity.nowMs = sampleSession.accessExpiresMs;
    const all = await Promise.all(Array.from({ length: 20 }, () => renewal.fresh(sampleSession)));
    expect(new Set(all.map((one) => one.accessToken))).toEqual(new Set(["access-1"]));
    expect(identity.spent).toEqual(["refresh-0"]);
  });

  test("GivesAnOldCookieTheSuccessorOfItsSuccessor", async () => {
    identity.nowMs = sampleSession.accessExpiresMs;
    const first = await renewal.fresh(sampleSession);
    identity.nowMs = first.accessExpiresMs;
    await renewal.fresh(first);
    expect((await renewal.fresh(sampleSession)).accessToken).toBe("access-2");
    expect(identity.spent).toEqual(["refresh-0", "refresh-1"]);
  });

  test("RenewsOnceWhereIdentitysClockIsFarBehind", async () => {
    identity.nowMs = 0;
    const ahead = new Renewal(identity.refresh, { nowMs: () => 10_000_000 });
    expect((await ahead.fresh(sampleSession)).accessToken).toBe("access-1");
  });

  test("EndsASessionWhoseRefreshTokenIdentityRefuses", async () => {
    identity.nowMs = sampleSession.accessExpiresMs;
    identity.spent.push(sampleSession.refreshToken);
    await expect(renewal.fresh(sampleSession)).rejects.toThrow(SessionEnded);
    await expect(renewal.fresh(sampleSession)).rejects.toThrow(SessionEnded);
  });

  test("GoesOnWithTheOldTokenWhileIdentityIsAway", async () => {
    identity.nowMs = sampleSession.accessExpiresMs - 1_000;
    identity.failure = new ConnectError("away", Code.Unavailable);
    expect(await renewal.fresh(sampleSession)).toBe(sampleSession);
  });

  test("TriesAgainAfterIdentityWasAway", async () => {
    identity.nowMs = sampleSession.accessExpiresMs;
    identity.failure = new ConnectError("away", Code.Unavailable);
    await expect(renewal.fresh(sampleSession)).rejects.toThrow(/away/);
    identity.failure = undefined;
    expect((await renewal.fresh(sampleSession)).accessToken).toBe("access-1");
  });

  test("RefusesASessionThatLoggedOutHere", async () => {
    renewal.end(sampleSession);
    await expect(renewal.fresh(sampleSession)).rejects.toThrow(SessionEnded);
  });
});
