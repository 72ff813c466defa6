import { randomBytes } from "node:crypto";

import { describe, expect, test } from "vitest";

import { Sealer } from "../../../../clients/web/gateway/src/session/sealer.ts";
import {
  cookieOf,
  hasCookie,
  hasCsrfToken,
  sessionIn,
} from "../../../../clients/web/gateway/src/session/session.ts";
import { sampleSession } from "./sample_session.ts";

const sealer = new Sealer([randomBytes(32)], "session cookie");

describe("Session", () => {
  test("ComesBackFromItsCookie", () => {
    const [cookie = ""] = cookieOf(sampleSession, sealer, 0).split(";");
    expect(sessionIn(`theme=dark; ${cookie}; other=1`, sealer)).toEqual(sampleSession);
  });

  test("IsKeptByTheBrowserOutOfReachOfScriptsAndOtherSites", () => {
    const cookie = cookieOf(sampleSession, sealer, 0);
    expect(cookie).toMatch(/^__Host-redress_session=/);
    expect(cookie).toMatch(/; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain("Domain");
  });

  test("LastsAsLongAsItsRefreshToken", () => {
    const cookie = cookieOf(sampleSession, sealer, sampleSession.refreshExpiresMs - 90_000);
    expect(cookie).toContain("; Max-Age=90;");
  });

  test("FitsIntoACookieWithTokensOfTheirUsualSize", () => {
    const session = {
      ...sampleSession,
      accessToken: "a".repeat(500),
      refreshToken: "r".repeat(100),
    };
    expect(cookieOf(session, sealer, 0).length).toBeLessThan(4096);
  });

  test("IsNoneWithoutACookieOfOurs", () => {
    expect(sessionIn(undefined, sealer)).toBeUndefined();
    expect(sessionIn("a=b; __Host-redress_session=1.forged", sealer)).toBeUndefined();
    expect(hasCookie("a=b; __Host-redress_session=1.forged")).toBe(true);
    expect(hasCookie("a=b; x__Host-redress_session=1")).toBe(false);
  });

  test("AcceptsItsOwnCsrfTokenAlone", () => {
    expect(hasCsrfToken(sampleSession, sampleSession.csrfToken)).toBe(true);
    for (const wrong of [undefined, null, "", "x", `${sampleSession.csrfToken}x`]) {
      expect(hasCsrfToken(sampleSession, wrong)).toBe(false);
    }
  });
});
