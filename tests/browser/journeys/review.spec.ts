import type { Locator, Page } from "@playwright/test";
import { casePane, expect, expectState, openAction, submit, test } from "../support/journey.ts";
import type { Say } from "../support/words.ts";

// A bad review as its agent works it: from the order over an offer that hangs on nothing to what
// the buyer makes of it.

async function apply(page: Page, event: string, fill?: (form: Locator) => Promise<void>) {
  const form = await openAction(page, event);
  await fill?.(form);
  await submit(form);
  await expect(form).toBeHidden();
}

async function answer(form: Locator, say: Say, field: string, yes: boolean): Promise<void> {
  await form
    .locator(".ant-form-item", { hasText: say(`field.${field}`) })
    .getByText(say(yes ? "common.yes" : "common.no"), { exact: true })
    .click();
}

async function choose(form: Locator, say: Say, field: string, value: string): Promise<void> {
  await form.getByLabel(say(`field.${field}`), { exact: true }).click();
  await form
    .page()
    .getByTitle(say(`enumValue.${value}`), { exact: true })
    .click();
}

// At this time of day, as the page tells dates.
async function yesterday(page: Page): Promise<string> {
  const text = await page.evaluate(() =>
    new Date(Date.now() - 86_400_000).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }),
  );
  return text.slice(0, "YYYY-MM-DD HH:mm".length);
}

async function openReview(page: Page, say: Say, orderId: string): Promise<void> {
  await page.goto(`/orders/${orderId}`);
  await page.getByRole("button", { name: say("review.open") }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel(say("field.stars")).fill("1");
  await submit(drawer);
  await expect(drawer).toContainText(say("review.missingTime"));
  await drawer.getByLabel(say("field.review_time")).fill(await yesterday(page));
  await drawer.getByLabel(say("field.review_time")).press("Enter");
  await drawer.getByLabel(say("order.text")).fill(say("login.slogan"));
  await submit(drawer);
  await expect(page).toHaveURL(/\/workbench\/\d+/);
  await expectState(page, say, "Detected");
}

test("A review goes from its order over an offer to a revision", async ({ logIn, say, shop }) => {
  const order = await shop.pushOrder(80_00n);
  const agent = await logIn("agent");
  await openReview(agent, say, order.orderId);
  const pane = casePane(agent);
  await expect(pane.locator(".facts")).toContainText(say("enumValue.REVIEW_RATING_BAD"));
  await expect(pane.locator(".facts")).toContainText(say("review.revisionPossible"));
  await apply(agent, "judge_genuine");
  await apply(agent, "record_attempt", async (form) => {
    await choose(form, say, "contact_channel", "CONTACT_CHANNEL_PHONE");
    await answer(form, say, "reached", true);
  });
  await expectState(agent, say, "Negotiating");
  await expect(pane).toContainText(say("review.attemptsOf", { made: "1", most: "3" }));

  const form = await openAction(agent, "make_offer");
  await choose(form, say, "offer", "REVIEW_OFFER_COMPENSATION");
  await form.getByLabel(say("field.amount_minor")).fill("12.50");
  await answer(form, say, "unconditional", false);
  await form.getByPlaceholder(say("review.wordsHint")).fill(say("login.slogan"));
  await submit(form);
  await expect(form).toContainText(say("refusal.OFFER_CONDITIONAL"));
  await answer(form, say, "unconditional", true);
  await submit(form);
  await expect(form).toBeHidden();
  await expect(pane.locator(".facts")).toContainText("12.50");

  await apply(agent, "accept_offer");
  await apply(agent, "record_fulfilment");
  await apply(agent, "review_revised", async (fields) => {
    await choose(fields, say, "rating", "REVIEW_RATING_GOOD");
  });
  await expectState(agent, say, "Resolved");
  await expect(pane.locator(".facts")).toContainText(say("enumValue.REVIEW_CHANGE_REVISED"));
  await agent.getByRole("tab", { name: say("case.diagram") }).click();
  await expect(agent.locator("#state-Resolved.present")).toBeVisible();
});

test("A malicious review is reported, turned down and answered in public", async ({
  logIn,
  say,
  shop,
}) => {
  const order = await shop.pushOrder(80_00n);
  const agent = await logIn("agent");
  await openReview(agent, say, order.orderId);
  const pane = casePane(agent);
  await apply(agent, "judge_malicious");
  await pane.getByRole("button", { name: /\(\d+\)|（\d+）/ }).click();
  await expect(pane.locator('.refused [data-event="file_report"]')).toContainText(
    say("refusal.EVIDENCE_MISSING"),
  );
  await apply(agent, "add_evidence", async (form) => {
    await form.getByLabel(say("field.kind")).fill("chat");
  });
  await apply(agent, "file_report");
  await apply(agent, "report_turned_down");
  await expectState(agent, say, "Replying");
  const form = await openAction(agent, "publish_reply");
  await submit(form);
  await expect(form.locator(".ant-form-item-explain-error")).toBeVisible(); // a reply has words
  await form.getByPlaceholder(say("review.replyHint")).fill(say("login.slogan"));
  await submit(form);
  await expect(form).toBeHidden();
  await expectState(agent, say, "Resolved");
  await agent.goto("/workbench?scope=newest&kind=review");
  const queue = agent.locator(".pane.queue");
  await expect(queue.locator(".queue-row").first()).toContainText(say("kind.review"));
});

test("A review that reveals a fault waits for its dispute, and each leads to the other", async ({
  logIn,
  say,
  shop,
}) => {
  const order = await shop.pushOrder(50_00n);
  const agent = await logIn("agent");
  await openReview(agent, say, order.orderId);
  await apply(agent, "reveal_fault", (form) => choose(form, say, "fault", "REVIEW_FAULT_QUALITY"));
  await expectState(agent, say, "InDispute");
  await agent.reload();
  await expect(casePane(agent)).toContainText(say("enumValue.REVIEW_FAULT_QUALITY"));
  const links = casePane(agent).getByRole("region", { name: say("link.title") });
  await expect(links).toContainText(say("relation.CASE_RELATION_DISPUTED_IN"));
  await agent.screenshot({ path: test.info().outputPath("revealed.png") });
  // By the keyboard alone.
  await links.getByRole("link").focus();
  await agent.keyboard.press("Enter");
  await expectState(agent, say, "Opened");
  await expect(links).toContainText(say("relation.CASE_RELATION_REVEALED_BY"));
});
