import { expect, test } from "../support/journey.ts";

test("A supervisor has a case's history verified", async ({ logIn, say, shop }) => {
  const one = await shop.openCase(30_00n);
  const page = await logIn("supervisor");
  await page.goto(`/workbench/${one.caseNumber}?scope=newest`);
  await page.getByRole("button", { name: say("case.verifyHistory") }).click();
  await expect(page.locator(".verification").getByRole("status")).toContainText(
    say("case.historyVerified", { steps: "1" }),
  );
});

test("An agent is not offered to verify a history", async ({ logIn, say, shop }) => {
  const one = await shop.openCase(30_00n);
  const page = await logIn("agent");
  await page.goto(`/workbench/${one.caseNumber}?scope=newest`);
  await expect(page.locator(".case-header")).toBeVisible();
  await expect(page.getByRole("button", { name: say("case.verifyHistory") })).toHaveCount(0);
});
