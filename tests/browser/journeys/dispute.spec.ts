import type { Locator, Page } from "@playwright/test";
import { casePane, expect, expectState, openAction, submit, test } from "../support/journey.ts";
import type { Say } from "../support/words.ts";

// A dispute as its agent works it: from the order over a declined round to a named cause.

async function apply(page: Page, event: string, fill?: (form: Locator) => Promise<void>) {
  const form = await openAction(page, event);
  await fill?.(form);
  await submit(form);
  await expect(form).toBeHidden();
}

async function openDispute(page: Page, say: Say, orderId: string): Promise<void> {
  await page.goto(`/orders/${orderId}`);
  await page.getByRole("button", { name: say("dispute.open") }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText(say("dispute.whole"))).toBeVisible();
  await drawer.getByLabel(say("field.reason")).click();
  await page.getByTitle(say("reasonCode.not_received"), { exact: true }).click();
  await drawer.getByLabel(say("order.text")).fill(say("login.slogan"));
  await submit(drawer);
  await expect(page).toHaveURL(/\/workbench\/\d+/);
  await expectState(page, say, "Opened");
}

async function proposeAndPresent(page: Page, say: Say, refund: string): Promise<void> {
  await apply(page, "propose_options", async (form) => {
    await form.getByLabel(say("field.refund_minor")).fill(refund);
    await form
      .locator(".ant-form-item", { hasText: say("field.replacement") })
      .getByText(say("common.yes"), { exact: true })
      .click();
  });
  await apply(page, "present_options");
  await expectState(page, say, "AwaitingBuyer");
}

test("A dispute goes from its order over a declined round to a named cause", async ({
  logIn,
  say,
  shop,
}) => {
  const order = await shop.pushOrder(80_00n);
  const agent = await logIn("agent");
  await openDispute(agent, say, order.orderId);
  const pane = casePane(agent);
  await expect(pane).toContainText(say("dispute.whole"));
  await expect(pane).toContainText(say("dispute.round", { round: "1", most: "3" }));
  await apply(agent, "record_contact");
  await apply(agent, "begin_investigation");
  await expect(pane.locator('[data-event="propose_options"][data-reason]')).toHaveCount(0);
  await pane.getByRole("button", { name: /\(\d+\)|（\d+）/ }).click();
  await expect(pane.locator('.refused [data-event="propose_options"]')).toContainText(
    say("refusal.EVIDENCE_MISSING"),
  );
  await apply(agent, "add_evidence", async (form) => {
    await form.getByLabel(say("field.kind")).fill("chat");
  });
  await proposeAndPresent(agent, say, "20");
  await expect(pane.locator(".facts")).toContainText(say("enumValue.DISPUTE_OPTION_REPLACEMENT"));
  await expect(pane.locator(".facts")).toContainText("20.00");
  await apply(agent, "decline_options");
  await expectState(agent, say, "Investigating");
  await expect(pane).toContainText(say("dispute.round", { round: "2", most: "3" }));
  await proposeAndPresent(agent, say, "35.50");
  await apply(agent, "accept_option", async (form) => {
    await form.getByLabel(say("field.option")).click();
    await agent.getByTitle(say("enumValue.DISPUTE_OPTION_REFUND"), { exact: true }).click();
  });
  await expectState(agent, say, "Executing");
  await expect(pane.locator(".facts")).toContainText("35.50");
  await apply(agent, "record_execution");
  await apply(agent, "resolve", async (form) => {
    await form.getByLabel(say("field.root_cause")).click();
    await agent.getByTitle(say("rootCause.late_delivery"), { exact: true }).click();
    await form.getByLabel(say("field.measure")).fill(say("login.slogan"));
  });
  await expectState(agent, say, "Resolved");
  await expect(pane.locator(".facts")).toContainText(say("rootCause.late_delivery"));
  await agent.getByRole("tab", { name: say("case.diagram") }).click();
  await expect(agent.locator("#state-Resolved.present")).toBeVisible();
});

test("The queue shows one kind alone", async ({ logIn, say, shop }) => {
  const refund = await shop.openCase(80_00n);
  const order = await shop.pushOrder(80_00n);
  const agent = await logIn("agent");
  await openDispute(agent, say, order.orderId);
  await agent.goto("/workbench?scope=newest&kind=dispute");
  const queue = agent.locator(".pane.queue");
  await expect(queue.locator(".queue-row").first()).toContainText(say("kind.dispute"));
  await expect(queue).not.toContainText(`#${String(refund.caseNumber)}`);
});
