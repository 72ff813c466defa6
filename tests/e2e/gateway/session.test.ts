// A browser's session: the cookie, what protects it, and how it stays alive.
import { beforeAll, describe, expect, test } from "vitest";

import { until } from "../../support/web/deployment.ts";
import { Browser, createShop, deployment, errorOf, post, reasonOf, type Shop } from "./shop.ts";

const LIST_CASES = "/redress.aftersales.v1.CaseService/ListCases";
const ACCESS_TOKEN_S = 600;

let shop: Shop;
beforeAll(async () => {
  shop = await createShop();
});

describe("LogIn", () => {
  test("KeepsTheTokensFromThePage", async () => {
    const { accountName, password } = shop;
    const response = await post("/session", { accountName, password });
    expect(response.status).toBe(200);
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-redress_session=1\.[\w-]+; Max-Age=\d+; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
    const body = await response.text();
    expect(body).not.toMatch(/eyJ|[tT]oken"?:"ey|refresh/);
    expect(JSON.parse(body)).toMatchObject({
      accountName,
      displayName: "Admin",
      memberships: [{ shopId: shop.shopId, roles: ["ROLE_ADMIN"] }],
    });
  });

  test("RefusesAWrongPasswordAsIdentityDoes", async () => {
    const response = await post("/session", {
      accountName: shop.accountName,
      password: "wrong",
    });
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(reasonOf(await errorOf(response))).toBe("LOG_IN_REFUSED");
  });

  test.each(["{", "[]", '{"accountName":"a"}', '{"accountName":1,"password":2}'])(
    "RefusesABodyThatIsNoLogIn %s",
    async (body) => {
      const response = await post("/session", body);
      expect([response.status, (await errorOf(response)).code]).toEqual([400, "invalid_argument"]);
    },
  );

  test("RefusesAFormOfAnotherSite", async () => {
    const { accountName, password } = shop;
    const foreign = { origin: "https://evil.example" };
    const response = await post("/session", { accountName, password }, foreign);
    expect([response.status, reasonOf(await errorOf(response))]).toEqual([403, "ORIGIN_REFUSED"]);
  });
});

describe("Session", () => {
  test("TellsWhoIsLoggedIn", async () => {
    const browser = await Browser.loggedIn(shop);
    const response = await browser.session("GET");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toMatchObject({
      csrfToken: browser.csrfToken,
      accountName: shop.accountName,
    });
  });

  test("IsNoneWithoutACookie", async () => {
    const response = await fetch(`${deployment.url}/session`);
    expect([response.status, reasonOf(await errorOf(response))]).toEqual([401, "TOKEN_MISSING"]);
  });

  test("CallsWithItsCookieAndCsrfToken", async () => {
    const browser = await Browser.loggedIn(shop);
    const ours = { origin: deployment.url, "sec-fetch-site": "same-origin" };
    expect((await post(LIST_CASES, {}, { ...browser.headers, ...ours })).status).toBe(200);
  });

  test.each([
    ["without a CSRF token", { "x-redress-csrf": "" }, "CSRF_REFUSED"],
    ["with another session's CSRF token", { "x-redress-csrf": "x".repeat(32) }, "CSRF_REFUSED"],
    ["from another origin", { origin: "https://evil.example" }, "ORIGIN_REFUSED"],
    ["from a site beside it", { "sec-fetch-site": "same-site" }, "ORIGIN_REFUSED"],
  ])("DoesNotCall %s", async (_how, headers, reason) => {
    const browser = await Browser.loggedIn(shop);
    const response = await post(LIST_CASES, {}, { ...browser.headers, ...headers });
    expect([response.status, reasonOf(await errorOf(response))]).toEqual([403, reason]);
  });

  test("IsOverWhenItsCookieWasTamperedWith", async () => {
    const browser = await Browser.loggedIn(shop);
    // Not its last character: some of its bits stand for nothing.
    const at = browser.cookie.length - 10;
    const other = browser.cookie[at] === "A" ? "B" : "A";
    const cookie = browser.cookie.slice(0, at) + other + browser.cookie.slice(at + 1);
    const response = await post(LIST_CASES, {}, { ...browser.headers, cookie });
    expect([response.status, reasonOf(await errorOf(response))]).toEqual([401, "SESSION_ENDED"]);
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-redress_session=; Max-Age=0;/);
  });

  test("OutlivesARestartOfTheGateway", async () => {
    const browser = await Browser.loggedIn(shop);
    await deployment.supervise("restart", "gateway");
    await until(async () => {
      try {
        return (await fetch(`${deployment.url}/readyz`)).ok;
      } catch {
        return false;
      }
    });
    expect((await post(LIST_CASES, {}, browser.headers)).status).toBe(200);
  });
});

describe("Renewal", () => {
  test("ServesCallsThatComeAtOnceAfterTheTokenExpired", async () => {
    const browser = await Browser.loggedIn(shop);
    await deployment.advance(ACCESS_TOKEN_S + 1);
    const old = browser.headers;
    const both = await Promise.all([post(LIST_CASES, {}, old), post(LIST_CASES, {}, old)]);
    expect(both.map((response) => response.status)).toEqual([200, 200]);
    expect(both.every((response) => response.headers.getSetCookie().length === 1)).toBe(true);

    // A tab that still has the old cookie is brought along.
    expect((await post(LIST_CASES, {}, old)).status).toBe(200);
    // The session lives on: its next renewal works as well.
    for (const response of both) browser.keep(response);
    await deployment.advance(ACCESS_TOKEN_S + 1);
    expect((await post(LIST_CASES, {}, browser.headers)).status).toBe(200);
    expect((await browser.session("GET")).status).toBe(200);
  });

  test("EndsWithTheRefreshToken", async () => {
    const browser = await Browser.loggedIn(shop);
    await deployment.advance(15 * 24 * 3600);
    const response = await post(LIST_CASES, {}, browser.headers);
    expect([response.status, reasonOf(await errorOf(response))]).toEqual([401, "SESSION_ENDED"]);
  });
});

describe("LogOut", () => {
  test("KillsTheCookie", async () => {
    const browser = await Browser.loggedIn(shop);
    const old = browser.headers;
    const response = await browser.session("DELETE");
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-redress_session=; Max-Age=0;/);
    expect((await post(LIST_CASES, {}, old)).status).toBe(401);
    expect((await fetch(`${deployment.url}/session`, { headers: old })).status).toBe(401);
  });

  test("NeedsTheCsrfToken", async () => {
    const browser = await Browser.loggedIn(shop);
    const { cookie } = browser;
    const response = await fetch(`${deployment.url}/session`, {
      method: "DELETE",
      headers: { cookie },
    });
    expect([response.status, reasonOf(await errorOf(response))]).toEqual([403, "CSRF_REFUSED"]);
    expect((await post(LIST_CASES, {}, browser.headers)).status).toBe(200);
  });
});
