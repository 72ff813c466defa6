import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import type { Page } from "@playwright/test";
import { casePane, expect, expectState, openAction, submit, test } from "../support/journey.ts";
import type { Say } from "../support/words.ts";

// Other goods instead of money: back through the warehouse, out again, and into the buyer's hands.

async function report(page: Page, say: Say, name: string): Promise<void> {
  const section = page.locator("section.report");
  await section.getByText(say(`report.${name}`), { exact: true }).click();
  if (name === "shipped") {
    await section.getByLabel(say("field.carrier")).fill("YTO");
    await section.getByLabel(say("field.tracking_number")).fill("NEW-1");
  }
  await section.getByRole("button", { name: say("warehouse.report"), exact: true }).click();
}

async function claim(page: Page, say: Say): Promise<void> {
  await page.getByRole("button", { name: say("warehouse.claim"), exact: true }).click();
}

test("An exchange goes through the warehouse twice and ends in the buyer's hands", async ({
  logIn,
  say,
  shop,
}) => {
  const exchange = await shop.openCase(36_00n, RefundVariant.EXCHANGE);
  const parcel = await shop.returnParcel(exchange);

  const warehouse = await logIn("warehouse");
  await warehouse.locator(".task-row", { hasText: parcel }).click();
  await claim(warehouse, say);
  await report(warehouse, say, "received");
  await report(warehouse, say, "inspected");
  await expect(warehouse.getByText(say("warehouse.done"))).toBeVisible();

  const kind = say("taskKind.TASK_KIND_OUTBOUND_REPLACEMENT");
  await warehouse.locator(".task-row", { hasText: kind }).first().click();
  await claim(warehouse, say);
  await report(warehouse, say, "packed");
  const state = say("taskState.TASK_STATE_PACKED");
  await expect(warehouse.locator(".task-row", { hasText: kind })).toContainText(state);
  await report(warehouse, say, "shipped");
  await expect(warehouse.getByText(say("warehouse.done"))).toBeVisible();

  const agent = await logIn("agent");
  await agent.goto(`/workbench/${exchange.caseNumber}`);
  await expectState(agent, say, "Reshipping");
  await expect(casePane(agent).getByText("YTO NEW-1")).toBeVisible();
  await submit(await openAction(agent, "sign_for_replacement"));
  await expectState(agent, say, "FollowingUp");
});

test("Postage is offered on its own line only", async ({ logIn, say, shop }) => {
  const order = await shop.pushOrder(36_00n);
  const agent = await logIn("agent");
  await agent.goto(`/orders/${order.orderId}`);
  await agent
    .getByRole("button", { name: say("order.newRefund") })
    .first()
    .click();
  await agent.getByRole("dialog").getByLabel(say("field.variant")).click();
  await expect(agent.getByTitle(say("enumValue.REFUND_VARIANT_RESHIP"))).toBeVisible();
  await expect(agent.getByTitle(say("enumValue.REFUND_VARIANT_POSTAGE"))).toHaveCount(0);
});
