import { expect, openAction, submit, test, expectState } from "../support/journey.ts";

test("A compensation above the agent's limit is approved by a supervisor and paid by finance", async ({
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(80_00n);
  const agent = await logIn("agent");
  await agent.goto(`/workbench/${one.caseNumber}`);
  const offered = agent.locator(".compensations:has([data-act=offer])");
  await offered.locator("[data-act=offer]").click();
  const form = agent.getByRole("form", { name: say("compensation.offer") });
  await form.getByText(say("compensationKind.COMPENSATION_KIND_MONEY")).click();
  await form.getByLabel(say("compensation.amount")).fill("30");
  await expect(form.getByText(say("compensation.needsSupervisor"))).toBeVisible();
  await form.getByLabel(say("compensation.reason")).click();
  await agent.getByTitle(say("compensationReason.quality"), { exact: true }).click();
  await form.getByLabel(say("compensation.text")).fill("抱歉 / sorry");
  await submit(form);
  const item = agent.locator("[data-compensation]");
  await expect(item).toContainText(say("compensationState.COMPENSATION_STATE_WAITING"));
  await expect(agent.locator(".case-header .needs-person")).toContainText(
    say("needsPerson.COMPENSATION_WAITS"),
  );
  await expectState(agent, say, "Requested");

  const supervisor = await logIn("supervisor");
  await supervisor.getByRole("link", { name: say("section.figures") }).click();
  const waiting = supervisor.locator(".approvals li", { hasText: `#${one.caseNumber}` });
  await waiting.locator("[data-act=approve]").click();
  const decision = supervisor.getByRole("dialog");
  await expect(decision).toContainText(say("compensationReason.quality"));
  await expect(decision).toContainText("抱歉 / sorry");
  await decision.getByRole("button", { name: say("compensation.approve") }).click();
  await expect(waiting).toHaveCount(0);

  const finance = await logIn("finance");
  await finance.getByRole("link", { name: say("section.compensation") }).click();
  const row = finance.getByRole("row", { name: new RegExp(`#${one.caseNumber}`) });
  await row.locator("[data-act=begin]").click();
  await row.locator("[data-act=record]").click();
  await finance.getByLabel(say("compensation.reference")).fill("bank-77");
  await finance
    .getByRole("dialog")
    .getByRole("button", { name: say("compensation.record") })
    .click();
  await expect(row).toHaveCount(0);

  await expect(item).toContainText(say("compensationState.COMPENSATION_STATE_GIVEN"));
  await expect(item).toContainText("bank-77");
  await expectState(agent, say, "Requested");
});

test("Goods that were opened need a supervisor's approval", async ({ logIn, say, shop }) => {
  const one = await shop.openCase(60_00n);
  const agent = await logIn("agent");
  await agent.goto(`/workbench/${one.caseNumber}`);
  await agent.getByLabel(say("notReturnable.mark")).click();
  await agent
    .locator(".ant-select-item-option", { hasText: say("notReturnableReason.opened") })
    .click();
  const mark = agent.getByRole("region", { name: say("notReturnable.title") });
  await expect(mark).toContainText(say("notReturnable.hint"));
  await submit(await openAction(agent, "approve"));
  await expectState(agent, say, "PendingApproval");
});

test("An administrator sets a limit from a moment on", async ({ logIn, say, shop }) => {
  const admin = await logIn(shop.account("admin"));
  await admin.getByRole("link", { name: say("section.compensation") }).click();
  await admin.getByRole("link", { name: say("compensation.limits") }).click();
  await admin.locator("[data-limit=compensation_supervisor_single]").click();
  await admin.getByLabel(say("compensation.value")).fill("250");
  await admin.getByRole("button", { name: say("common.save") }).click();
  const name = new RegExp(say("compensationLimit.compensation_supervisor_single"));
  const row = admin.getByRole("row", { name }).filter({ hasText: "250" });
  await expect(row).toContainText(say("deadlines.inForce"));
  await expect(admin.getByRole("row", { name })).toHaveCount(1);
});
