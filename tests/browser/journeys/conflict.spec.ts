import { expect, expectState, openAction, submit, test } from "../support/journey.ts";

// Stands for a time in words.
const TIME = "TIME";
function said(words: string): string {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return escaped.replace(TIME, "\\d+ ?\\S+");
}

test("Two agents on one case: the later one sees what changed and keeps the form", async ({
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(80_00n);
  const first = await logIn("agent");
  const second = await logIn("colleague");
  await first.goto(`/workbench/${one.caseNumber}`);
  await second.goto(`/workbench/${one.caseNumber}`);

  const form = await openAction(second, "reject");
  await form.getByLabel(say("field.text")).fill("…");
  await form.getByLabel(say("field.reason")).click();
  await second.getByTitle(say("reasonCode.used"), { exact: true }).click();
  await first.getByRole("button", { name: say("case.take") }).click();
  await expect(first.getByRole("button", { name: say("case.release") })).toBeVisible();

  await submit(form);
  const conflict = form.locator(".conflict");
  // Who, how long ago, what; and what can be done now.
  const [who, what] = [shop.account("agent").displayName, say("event.assign_case")];
  await expect(conflict.locator(".ant-alert-title, .ant-alert-message")).toHaveText(
    new RegExp(said(say("case.changedBy", { who, time: TIME, event: what }))),
  );
  await expect(conflict.locator(".step")).toContainText(who);
  await expect(conflict.locator(".possible-now")).toContainText(say("event.approve"));
  await expect(form.getByLabel(say("field.text"))).toHaveValue("…");
  await conflict.getByRole("button", { name: say("case.lookAgain") }).click();
  await submit(form);
  await expectState(second, say, "Rejected");
});

test("A transfer that comes too late shows who was faster and keeps the note", async ({
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(70_00n);
  const agent = await logIn("agent");
  const supervisor = await logIn("supervisor");
  await agent.goto(`/workbench/${one.caseNumber}`);
  await agent.getByRole("button", { name: say("case.take") }).click();
  await expect(agent.getByRole("button", { name: say("case.release") })).toBeVisible();
  await supervisor.goto(`/workbench/${one.caseNumber}`);

  await agent.getByRole("button", { name: say("case.transfer") }).click();
  const form = agent.locator("form.assignment");
  await form.getByLabel(say("case.transferTo")).click();
  await agent.getByTitle(new RegExp(shop.account("colleague").displayName)).click();
  await form.getByLabel(say("case.transferNote")).fill("…");
  const remark = await openAction(supervisor, "reject");
  await remark.getByLabel(say("field.reason")).click();
  await supervisor.getByTitle(say("reasonCode.used"), { exact: true }).click();
  await submit(remark);
  await expectState(supervisor, say, "Rejected");

  await submit(form);
  const conflict = agent.locator(".conflict");
  await expect(conflict).toContainText(shop.account("supervisor").displayName);
  await expect(conflict).toContainText(say("event.reject"));
  await expect(form.getByLabel(say("case.transferNote"))).toHaveValue("…");
  await conflict.getByRole("button", { name: say("case.lookAgain") }).click();
  await submit(form);
  await expect(form).toBeHidden();
  await expect(agent.locator(".assignee")).toContainText(shop.account("colleague").displayName);
  await expect(agent.locator(".step[data-event=assign_case] q.words")).toHaveText("…");
});

test("A refused action tells its reason", async ({ logIn, say, shop }) => {
  const large = await shop.openCase(500_00n);
  const agent = await logIn("agent");
  await agent.goto(`/workbench/${large.caseNumber}`);
  await agent.getByRole("button", { name: /\(\d+\)|（\d+）/ }).click();
  const refused = agent.locator(".refused");
  await expect(refused.locator("[data-event=approve_large]")).toContainText(say("refusal.ROLE"));
  await expect(refused.locator("[data-event=ship_return]")).toContainText(
    say("state.AwaitingReturn"),
  );
});

test("An amount above what may be refunded is refused at its field", async ({
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(80_00n);
  const agent = await logIn("agent");
  await agent.goto(`/workbench/${one.caseNumber}`);
  const form = await openAction(agent, "approve");
  await form.getByLabel(say("field.amount_minor")).fill("0");
  await submit(form);
  await expect(form.locator(".ant-form-item-explain-error")).toHaveText(
    say("form.atLeast", { bound: "0.01" }),
  );
  await form.getByLabel(say("field.amount_minor")).fill("80.01");
  await submit(form);
  await expect(form.getByRole("alert")).toContainText(say("refusal.ABOVE_AMOUNT_ASKED"));
  await form.getByLabel(say("field.amount_minor")).fill("80");
  await submit(form);
  await expectState(agent, say, "Settling");
});
