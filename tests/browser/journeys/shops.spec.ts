import { Shop } from "../support/shop.ts";
import { casePane, expect, test } from "../support/journey.ts";

test("Who works in two shops sees one at a time, and switches", async ({
  deployment,
  language,
  logIn,
  say,
  shop,
}) => {
  const other = await Shop.openAnother(deployment, language);
  const both = await shop.hire("agent", language === "zh" ? "孙两边" : "Bo Two");
  await other.letIn(both, "supervisor");
  for (const one of [shop, other]) await one.untilAdmitted(both);
  const here = await shop.openCase(41_00n);
  const there = await other.openCase(4_321_00n);

  const page = await logIn(both);
  const shopName = page.getByRole("banner").locator(".shop-switch");
  const choose = async (name: string) => {
    await shopName.click();
    await page.getByTitle(name, { exact: true }).last().click();
    await expect(shopName).toContainText(name);
  };
  const rows = page.locator(".queue-row");
  await choose(other.name);
  await expect(page.getByRole("banner")).toContainText(say("role.ROLE_SUPERVISOR"));
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("4,321.00");

  // A case's number names another case in the other shop: what is open is left with its shop.
  await rows.click();
  await expect(casePane(page)).toContainText(`#${there.caseNumber}`);
  // Not even until the answer is there does the queue show what it knows of the shop that was left.
  const queue = page.locator(".pane.queue");
  await page.route(/ListCases/, (route) => route.abort());
  await choose(shop.name);
  await expect(queue.getByRole("alert")).toBeVisible();
  await expect(rows.filter({ hasText: "4,321.00" })).toHaveCount(0);
  await page.unroute(/ListCases/);
  await queue.getByRole("button", { name: say("common.retry") }).click();
  await expect(page.getByRole("banner")).toContainText(say("role.ROLE_AGENT"));
  await expect(page).toHaveURL(/\/workbench$/);
  await expect(casePane(page)).toContainText(say("queue.select"));
  await expect(rows.filter({ hasText: `#${here.caseNumber}` })).toBeVisible();
  await expect(rows.filter({ hasText: "4,321.00" })).toHaveCount(0);

  // The choice is kept, and another shop's orders are nobody's here.
  await page.reload();
  await expect(shopName).toContainText(shop.name);
  await page.goto(`/orders/${there.orderId}`);
  await expect(page.getByRole("alert")).toContainText(say("refusal.ORDER_NOT_FOUND"));
});
