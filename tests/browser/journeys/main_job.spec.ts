import type { Page } from "@playwright/test";
import { casePane, expect, expectState, openAction, submit, test } from "../support/journey.ts";
import type { Say } from "../support/words.ts";

// The main job, as the four people who do it: a refund on an imported order, a supervisor's second
// pair of eyes, goods through the warehouse, money, a follow-up, and the figure that moves.

// Of the sample file; its first line is within what an agent may approve.
const importedOrder = "581034";

async function openRefundOfImportedOrder(page: Page, say: Say): Promise<string> {
  await page.getByRole("link", { name: say("section.orders") }).click();
  await expect(page.locator(".ant-table-row").first()).toBeVisible();
  const search = page.getByLabel(say("order.number"));
  await search.fill(importedOrder);
  await search.press("Enter");
  await expect(page.getByRole("heading", { name: importedOrder })).toBeVisible();
  await page
    .getByRole("button", { name: say("order.newRefund") })
    .first()
    .click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel(say("field.variant")).click();
  await page.getByTitle(say("enumValue.REFUND_VARIANT_RETURN_AND_REFUND")).click();
  await drawer.getByLabel(say("field.reason")).click();
  await page.getByTitle(say("reasonCode.damaged"), { exact: true }).click();
  await drawer.getByLabel(say("order.text")).fill(say("login.slogan"));
  await submit(drawer);
  await expect(page).toHaveURL(/\/workbench\/\d+/);
  await expectState(page, say, "Requested");
  const number = /\/workbench\/(\d+)/.exec(page.url())?.[1];
  if (!number) throw new Error("the address has no case");
  return number;
}

async function receiveAndInspect(page: Page, say: Say, parcel: string): Promise<void> {
  const scan = page.getByLabel(say("warehouse.scanLabel"));
  await expect(scan).toBeFocused();
  await expect(page.locator(".task-row", { hasText: parcel })).toBeVisible();
  await page.keyboard.type(parcel);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: say("warehouse.claim"), exact: true }).click();
  const report = page.locator("section.report");
  await report.getByRole("button", { name: say("warehouse.report"), exact: true }).click();
  await expect(report.getByLabel(say("field.quantity_good"))).toBeVisible();
  await report.getByRole("button", { name: say("warehouse.report"), exact: true }).click();
  await expect(page.getByText(say("warehouse.done"))).toBeVisible();
}

test("A refund goes from an imported order to the supervisor's figure", async ({
  logIn,
  say,
  shop,
}) => {
  const supervisor = await logIn("supervisor");
  await supervisor.getByRole("link", { name: say("section.figures") }).click();
  const figure = supervisor.locator("[data-figure=case_completion_rate]");
  await expect(supervisor.locator("[data-liveness=live]")).toBeVisible();
  await expect(figure.locator(".figure-value")).not.toHaveText("…");
  const before = await figure.locator(".figure-parts").textContent();

  const agent = await logIn("agent");
  const number = await openRefundOfImportedOrder(agent, say);
  await agent.getByRole("button", { name: say("case.take") }).click();
  await expect(agent.getByRole("button", { name: say("case.release") })).toBeVisible();
  await submit(await openAction(agent, "approve"));
  await expect(casePane(agent).locator(".state-tag")).not.toHaveText(say("state.Requested"));

  const form = await openAction(agent, "ship_return");
  await form.getByLabel(say("field.carrier")).fill("YTO");
  const parcel = `YT${shop.shopId}${number}`;
  await form.getByLabel(say("field.tracking_number")).fill(parcel);
  await submit(form);
  await expectState(agent, say, "Returning");

  const warehouse = await logIn("warehouse");
  await receiveAndInspect(warehouse, say, parcel);

  const finance = await logIn("finance");
  const link = finance.getByRole("link", { name: `#${number}`, exact: true });
  const settlement = finance.locator(".ant-table-row").filter({ has: link });
  await settlement.getByRole("button", { name: say("finance.record") }).click();
  const drawer = finance.getByRole("dialog");
  await drawer.getByLabel(say("finance.reference")).fill(`PAY-${number}`);
  await drawer.getByRole("button", { name: say("finance.record") }).click();
  await expect(drawer).toBeHidden();

  await expectState(agent, say, "FollowingUp");
  const followUp = await openAction(agent, "record_follow_up");
  await followUp.getByLabel(say("field.score")).fill("5");
  await submit(followUp);
  await expectState(agent, say, "Completed");

  // Nobody has touched the supervisor's page since.
  await expect(figure.locator(".figure-parts")).not.toHaveText(before ?? "");
});

test("A large refund waits for a supervisor", async ({ logIn, say, shop }) => {
  const large = await shop.openCase(500_00n);
  const agent = await logIn("agent");
  await agent.goto(`/workbench/${large.caseNumber}`);
  await submit(await openAction(agent, "approve"));
  await expectState(agent, say, "PendingApproval");

  const supervisor = await logIn("supervisor");
  await supervisor.getByRole("link", { name: say("section.figures") }).click();
  await supervisor
    .locator(".approvals")
    .getByRole("link", { name: `#${large.caseNumber}` })
    .click();
  await submit(await openAction(supervisor, "approve_large"));
  await expectState(supervisor, say, "Settling");
  await expect(supervisor.locator(".step[data-event=approve_large]")).toContainText(
    shop.account("supervisor").displayName,
  );
});
