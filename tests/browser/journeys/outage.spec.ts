import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import { expect, expectState, openAction, submit, test } from "../support/journey.ts";

test("A service that is down is told, and what it kept comes back with it", async ({
  deployment,
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(15_00n);
  const page = await logIn("agent");
  await deployment.supervise("stop", "aftersales");
  try {
    await page.goto(`/workbench/${one.caseNumber}`);
    const failure = page.locator(".pane.case").getByRole("alert");
    await expect(failure).toBeVisible({ timeout: 40_000 });
    await expect(failure.getByRole("button", { name: say("common.retry") })).toBeVisible();
  } finally {
    await deployment.supervise("start", "aftersales");
  }
  await expect(async () => {
    const retry = page.locator(".pane.case").getByRole("button", { name: say("common.retry") });
    if (await retry.isVisible()) await retry.click();
    await expect(page.locator(".case-header")).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
});

test("A figure that is not live says so, and is live again by itself", async ({
  deployment,
  logIn,
  say,
}) => {
  const page = await logIn("supervisor");
  await page.getByRole("link", { name: say("section.figures") }).click();
  await expect(page.locator("[data-liveness=live]")).toBeVisible();
  await deployment.supervise("stop", "scoring");
  try {
    await expect(page.getByText(say("figures.lost"))).toBeVisible();
  } finally {
    await deployment.supervise("start", "scoring");
  }
  await expect(page.locator("[data-liveness=live]")).toBeVisible({ timeout: 60_000 });
});

test("Without a network the page says so, keeps what was typed, and comes back by itself", async ({
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(16_00n);
  const page = await logIn("agent");
  await page.goto(`/workbench/${one.caseNumber}`);
  const form = await openAction(page, "approve");
  await form.getByLabel(say("field.amount_minor")).fill("15.5");
  const offline = page.getByText(say("app.offline"));
  await page.context().setOffline(true);
  await expect(offline).toBeVisible();
  await submit(form);
  await expect(form.getByRole("alert")).toContainText(say("code.offline"));

  // Others work on meanwhile; it is shown when the network is back, without a hand moved.
  const meanwhile = await shop.openCase(18_00n);
  const row = page.locator(".queue-row", { hasText: `#${meanwhile.caseNumber}` });
  await page.context().setOffline(false);
  await expect(offline).toBeHidden();
  await expect(row).toBeVisible();
  await expect(form.getByLabel(say("field.amount_minor"))).toHaveValue("15.5");
  await expect(page.locator(".pane .ant-alert-error")).toHaveCount(1);
  await submit(form);
  await expectState(page, say, "Settling");
});

test("A warehouse without a network is not live, and catches up by itself", async ({
  logIn,
  say,
  shop,
}) => {
  const page = await logIn("warehouse");
  await expect(page.locator("[data-liveness=live]")).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.locator("[data-liveness=lost]")).toBeVisible();
  await expect(page.getByText(say("app.offline"))).toBeVisible();
  const parcel = await shop.returnParcel(
    await shop.openCase(27_00n, RefundVariant.RETURN_AND_REFUND),
  );
  await page.context().setOffline(false);
  await expect(page.locator(".task-row", { hasText: parcel })).toBeVisible();
  await expect(page.locator("[data-liveness=live]")).toBeVisible();
});

test("Figures go on moving when the token is over that their stream was opened with", async ({
  deployment,
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(17_00n);
  const page = await logIn("supervisor");
  await page.getByRole("link", { name: say("section.figures") }).click();
  const figure = page.locator("[data-figure=case_completion_rate]");
  await expect(page.locator("[data-liveness=live]")).toBeVisible();
  await expect(figure.locator(".figure-value")).not.toHaveText("…");
  const before = await figure.locator(".figure-parts").textContent();

  const openedAnew = page.waitForRequest(/WatchFigures/, { timeout: 30_000 });
  await deployment.advance(11 * 60);
  await openedAnew;
  await shop.complete(one);
  await expect(figure.locator(".figure-parts")).not.toHaveText(before ?? "");
  await expect(page.locator("[data-liveness=live]")).toBeVisible();
  await expect(page.getByRole("navigation")).toBeVisible();
});

test("A page that is opened without a network comes with the network", async ({ logIn, say }) => {
  const page = await logIn("agent");
  await page.context().setOffline(true);
  await page.getByRole("link", { name: say("section.orders") }).click();
  await expect(page.getByText(say("app.offlinePage"))).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.locator(".ant-table-row").first()).toBeVisible();
});

test("A list that could not be read again without a network is read when it is back", async ({
  logIn,
  say,
}) => {
  const page = await logIn("agent");
  const open = (section: string) => page.getByRole("link", { name: say(section) }).click();
  const rows = page.locator(".ant-table-row");
  await open("section.orders");
  await expect(rows.first()).toBeVisible();
  await open("section.workbench");
  await expect(page.locator(".pane.queue")).toBeVisible();
  await page.context().setOffline(true);
  const failure = page.getByRole("alert").filter({ hasText: say("code.offline") });
  await expect(async () => {
    await open("section.workbench");
    await open("section.orders");
    await expect(failure).toBeVisible({ timeout: 3000 });
  }).toPass();
  await expect(rows.first()).toBeVisible();
  await page.context().setOffline(false);
  await expect(failure).toBeHidden();
  await expect(rows.first()).toBeVisible();
});
