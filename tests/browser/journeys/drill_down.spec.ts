import { expect, expectState, test } from "../support/journey.ts";

test("A figure leads to the cases behind it, a case to itself, and back", async ({
  logIn,
  say,
  shop,
}) => {
  const done = await shop.openCase(37_00n);
  await shop.complete(done);
  const page = await logIn("supervisor");
  await page.getByRole("link", { name: say("section.figures") }).click();
  const figure = page.locator("[data-figure=refund_rate_cohort]");
  await figure.click();
  await expect(figure).toHaveAttribute("aria-pressed", "true");
  // The order was paid an hour ago, which may be yesterday.
  await page.getByRole("button", { name: say("figures.week"), exact: true }).click();
  await page.getByRole("tab", { name: say("figures.items") }).click();

  // Cases by the number that people know, money as money.
  const detail = page.locator(".figure-detail");
  const link = page.getByRole("link", { name: `#${done.caseNumber}`, exact: true });
  const item = detail.locator(".ant-table-row").filter({ has: link });
  await expect(item).toContainText("37.00");
  await expect(item).not.toContainText("3,700");
  const place = page.url();
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/workbench/${done.caseNumber}$`));
  await expectState(page, say, "Completed");

  await page.goBack();
  await expect(page).toHaveURL(place);
  await expect(figure).toHaveAttribute("aria-pressed", "true");
  await expect(link).toBeVisible();
});

test("A time behind a figure is told as a time", async ({ logIn, say, shop }) => {
  const done = await shop.openCase(38_00n);
  await shop.complete(done);
  const page = await logIn("supervisor");
  await page.goto("/figures?figure=refund_speed&behind=items");
  const link = page.getByRole("link", { name: `#${done.caseNumber}`, exact: true });
  const item = page.locator(".figure-detail .ant-table-row").filter({ has: link });
  await expect(item).toContainText(say("time.second", { count: "" }).trim());
});

test("An address that names no days or no figure shows the usual ones", async ({ logIn, say }) => {
  const page = await logIn("supervisor");
  await page.goto("/figures?figure=nothing&behind=nowhere&from=2026-13-01&to=yesterday");
  await expect(page.locator("[data-liveness=live]")).toBeVisible();
  await expect(page.locator(".figure-card").first()).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("tab", { name: say("figures.byDay") })).toHaveAttribute(
    "aria-selected",
    "true",
  );
});
