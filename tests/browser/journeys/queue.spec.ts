import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { expect, expectOption, test } from "../support/journey.ts";

test("Many cases are reminded and rejected at once, and each says what became of it", async ({
  logIn,
  say,
  shop,
}) => {
  const cases = [await shop.openCase(31_00n), await shop.openCase(32_00n)];
  const settling = await shop.openCase(33_00n);
  await shop.approve(settling);
  const page = await logIn("supervisor");
  for (const one of [...cases, settling]) {
    await page.getByLabel(say("queue.choose", { number: String(one.caseNumber) })).check();
  }
  const bar = page.getByRole("group", { name: say("queue.selection") });
  await expect(bar).toContainText(say("queue.chosen", { count: 3 }));

  await bar.locator("[data-action=remind]").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: say("bulk.remind") }).click();
  await expect(dialog.locator("[data-result=done]")).toHaveCount(3);
  await dialog.locator(".ant-modal-footer button").click();
  await expect(dialog).toBeHidden();
  const row = page.locator(".queue-row", { hasText: `#${cases[0]?.caseNumber}` });
  await expect(row).toContainText(say("needsPerson.REMINDED"));

  for (const one of [...cases, settling]) {
    await page.getByLabel(say("queue.choose", { number: String(one.caseNumber) })).check();
  }
  await bar.locator("[data-action=reject]").click();
  await dialog.getByLabel(say("field.reason")).click();
  await page.getByTitle(say("reasonCode.used"), { exact: true }).click();
  await dialog.getByRole("button", { name: say("bulk.reject") }).click();
  await expect(dialog.locator("[data-result=done]")).toHaveCount(2);
  const refused = dialog.locator("[data-result=refused]");
  await expect(refused).toContainText(`#${settling.caseNumber}`);
  await expect(refused).toContainText(say("refusal.NOT_LEGAL_IN_STATE"));
  await expect(dialog).toContainText(say("queue.resultSummary", { done: 2, refused: 1 }));
});

test("The next case is taken, its urgency explained, and a leaver's cases are handed over", async ({
  logIn,
  say,
  shop,
}) => {
  const urgent = await shop.openCase(2_600_00n, RefundVariant.RETURN_AND_REFUND);
  const leaver = await shop.hire("agent", shop.language === "zh" ? "钱离职" : "Gone Soon");
  await shop.untilAdmitted(leaver);
  // Other journeys leave cases behind, and disputes come before any refund.
  const waiting = await shop.as("supervisor", CaseService).listCases({ assigneeId: "nobody" });
  const next = String(waiting.cases[0]?.caseNumber);
  const page = await logIn(leaver);
  await page.getByRole("button", { name: say("queue.takeNext") }).click();
  await expect(page).toHaveURL(new RegExp(`/workbench/${next}`));
  await expect(page.locator(".assignee")).toContainText(leaver.displayName);
  await page.goto(`/workbench/${urgent.caseNumber}`);
  await expect(page.locator(".priority-reasons")).toHaveText(
    say("case.priorityBecause", {
      priority: 1,
      reasons: say("case.reasonPoints", { reason: say("priorityReason.AMOUNT"), points: 2 }),
    }),
  );

  const supervisor = await logIn("supervisor");
  await supervisor.getByRole("button", { name: say("queue.handOver") }).click();
  const dialog = supervisor.getByRole("dialog");
  // Chosen as people with many colleagues do: by typing.
  const chosen = async (label: string, displayName: string) => {
    await dialog.getByLabel(label).fill(displayName);
    await expectOption(supervisor, displayName);
    await dialog.getByLabel(label).press("Enter");
  };
  await chosen(say("queue.handOverFrom"), leaver.displayName);
  await chosen(say("case.transferTo"), shop.account("colleague").displayName);
  await dialog.getByLabel(say("case.transferNote")).fill("…");
  await dialog.getByRole("button", { name: say("queue.handOver") }).click();
  await expect(dialog.locator("[data-result=done]")).toHaveCount(1);
  await supervisor.goto(`/workbench/${next}`);
  await expect(supervisor.locator(".assignee")).toContainText(
    shop.account("colleague").displayName,
  );
});

test("The queue shows nobody's cases and those that wait for somebody's look", async ({
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(500_00n);
  await shop.approve(one);
  const page = await logIn("supervisor");
  await page.getByLabel(say("queue.needsPerson")).click();
  await page.getByTitle(say("needed.supervisors"), { exact: true }).click();
  await expect(page).toHaveURL(/for=supervisors/);
  await expect(page.locator(".queue-row", { hasText: `#${one.caseNumber}` })).toBeVisible();
  await page.getByText(say("queue.nobody"), { exact: true }).click();
  await expect(page).toHaveURL(/scope=nobody/);
  await expect(page.locator(".queue-row", { hasText: `#${one.caseNumber}` })).toBeVisible();
  await page.getByText(say("queue.mine"), { exact: true }).click();
  await expect(page.locator(".queue-row", { hasText: `#${one.caseNumber}` })).toHaveCount(0);
});
