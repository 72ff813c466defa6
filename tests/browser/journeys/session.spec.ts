import { enter, expect, test } from "../support/journey.ts";

test("A wrong password is told, and the right one lets in", async ({ newPage, say, shop }) => {
  const page = await newPage();
  const { accountName, password } = shop.account("agent");
  await page.goto("/orders");
  await enter(page, say, { accountName, password: "not this one" });
  await expect(page.getByRole("alert")).toContainText(say("login.wrong"));
  await enter(page, say, { accountName, password });
  await expect(page).toHaveURL(/\/orders$/);
});

test("Too many failures are told with the time to wait", async ({ newPage, say }) => {
  const page = await newPage();
  await page.goto("/");
  const wait = say("login.throttled", { seconds: "#" }).split("#")[0] ?? "";
  const alert = page.getByRole("alert");
  await expect(async () => {
    await enter(page, say, { accountName: "nobody.here", password: "not this one" });
    await expect(alert).toContainText(wait, { timeout: 1000 });
  }).toPass();
});

test("A session that ended leads to the log-in and back", async ({ logIn, say, shop }) => {
  const one = await shop.openCase(30_00n);
  const page = await logIn("colleague");
  const place = `/workbench/${one.caseNumber}?scope=newest`;
  await page.goto(place);
  await expect(page.locator(".case-header")).toBeVisible();

  // The session is ended elsewhere, as a supervisor or another tab of it would.
  const cookies = await page.context().cookies();
  const csrf = await page.evaluate(async () => {
    const session = (await (await fetch("/session")).json()) as { csrfToken: string };
    return session.csrfToken;
  });
  await page.context().request.delete("/session", {
    headers: { "x-redress-csrf": csrf, origin: new URL(page.url()).origin },
  });
  await page.context().addCookies(cookies);

  await expect(page.getByText(say("login.expired"))).toBeVisible({ timeout: 30_000 });
  await enter(page, say, shop.account("colleague"));
  await expect(page).toHaveURL(new RegExp(`${one.caseNumber}\\?scope=newest$`));
  await expect(page.locator(".case-header")).toContainText(`#${one.caseNumber}`);
});

test("Logging out ends the session in the browser", async ({ logIn, say }) => {
  const page = await logIn("finance");
  await page.getByRole("button", { name: say("app.logOut") }).click();
  await expect(page.getByText(say("login.loggedOut"))).toBeVisible();
  await page.goto("/settlements");
  await expect(page.getByLabel(say("login.account"))).toBeVisible();
});

test("The language is switched at once and kept", async ({ logIn, language }) => {
  const page = await logIn("agent");
  const [own, other] = language === "zh" ? ["工作台", "Workbench"] : ["Workbench", "工作台"];
  await expect(page.getByRole("link", { name: own })).toBeVisible();
  await page
    .getByRole("button", { name: language === "zh" ? "Switch to English" : "切换到中文" })
    .click();
  await expect(page.getByRole("link", { name: other })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", language === "zh" ? "en" : "zh-CN");
});
