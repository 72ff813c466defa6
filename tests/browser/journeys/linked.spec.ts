import type { Locator, Page } from "@playwright/test";
import { casePane, expect, expectState, openAction, submit, test } from "../support/journey.ts";

// An escalated refund and its dispute, seen from each other; and a later case that repeats it.

async function apply(page: Page, event: string, fill?: (form: Locator) => Promise<void>) {
  const form = await openAction(page, event);
  await fill?.(form);
  await submit(form);
  await expect(form).toBeHidden();
}

test("A refund and its dispute lead to each other, and the dispute's end ends the refund", async ({
  logIn,
  say,
  shop,
}) => {
  const refund = await shop.openCase(80_00n);
  const number = String(refund.caseNumber);
  const agent = await logIn("agent");
  await agent.goto(`/workbench/${number}`);
  const links = casePane(agent).getByRole("region", { name: say("link.title") });
  await expectState(agent, say, "Requested");
  await expect(links).toHaveCount(0);
  await apply(agent, "reject", async (form) => {
    await form.getByLabel(say("field.reason")).click();
    await agent.getByTitle(say("reasonCode.damaged"), { exact: true }).click();
  });
  await apply(agent, "escalate_to_platform");
  await expectState(agent, say, "InDispute");
  await agent.reload();
  await expect(links).toContainText(say("relation.CASE_RELATION_ESCALATED_TO"));
  await expect(links).toContainText(say("state.Opened"));
  // By the keyboard alone.
  await links.getByRole("link").focus();
  await agent.keyboard.press("Enter");
  await expectState(agent, say, "Opened");
  await expect(links).toContainText(say("relation.CASE_RELATION_ESCALATED_FROM"));
  await expect(casePane(agent)).toContainText(say("enumValue.DISPUTE_CHANNEL_ESCALATED_REFUND"));
  await agent.screenshot({ path: test.info().outputPath("linked.png") });
  await apply(agent, "withdraw");
  await links.getByRole("link", { name: `#${number}` }).click();
  await expectState(agent, say, "Closed");

  await agent.goto(`/orders/${refund.orderId}`);
  await agent.getByRole("button", { name: say("order.newRefund") }).click();
  const drawer = agent.getByRole("dialog");
  await drawer.getByLabel(say("link.repeats")).click();
  await agent.getByTitle(new RegExp(`#${number} `)).click();
  await drawer.getByLabel(say("field.reason")).click();
  await agent.getByTitle(say("reasonCode.damaged"), { exact: true }).click();
  await submit(drawer);
  await expect(agent).toHaveURL(/\/workbench\/\d+/);
  await expect(links).toContainText(say("relation.CASE_RELATION_REPEATS"));
  await expect(links).toContainText(`#${number}`);
});
