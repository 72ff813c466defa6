import { expect, test } from "../support/journey.ts";

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
