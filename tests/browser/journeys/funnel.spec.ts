import { expect, test } from "../support/journey.ts";

test("A count of the funnel leads to its cases, by the keyboard alone", async ({
  logIn,
  say,
  shop,
}) => {
  const open = await shop.openCase(41_00n);
  const page = await logIn("supervisor");
  await page.getByRole("link", { name: say("section.figures") }).click();
  await page.getByRole("link", { name: say("funnel.tab"), exact: true }).click();
  await expect(page).toHaveURL(/\/figures\/funnel/);
  await expect(page.locator(".funnel-chart svg")).toBeVisible();

  const count = page.locator('[data-behind="now:Requested"]');
  await expect(count).toBeVisible();
  await count.focus();
  await page.keyboard.press("Enter");
  const behind = page.getByRole("region", {
    name: say("funnel.behindNow", { state: say("state.Requested") }),
  });
  const link = behind.getByRole("link", { name: `#${open.caseNumber}`, exact: true });
  await expect(link).toBeVisible();
  const place = page.url();
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/workbench/${open.caseNumber}$`));
  await page.goBack();
  await expect(page).toHaveURL(place);
  await behind.getByRole("button", { name: say("funnel.close") }).click();
  await expect(behind).toBeHidden();
});

test("A kind of which no case moved says so", async ({ logIn, say }) => {
  const page = await logIn("supervisor");
  await page.goto("/figures/funnel?kind=review&from=2020-01-01&to=2020-01-02");
  await expect(page.getByText(say("funnel.empty"))).toBeVisible();
});

test("An agent sees the counts and not the cases behind them", async ({ logIn, say, shop }) => {
  await shop.openCase(42_00n);
  const page = await logIn("agent");
  await page.goto("/figures/funnel");
  await expect(page.getByRole("region", { name: say("funnel.states") })).toContainText(
    say("state.Requested"),
  );
  await expect(page.locator("[data-behind]")).toHaveCount(0);
});
