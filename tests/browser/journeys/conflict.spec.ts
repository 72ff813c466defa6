import { expect, expectState, openAction, submit, test } from "../support/journey.ts";

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
  await expect(conflict).toContainText(say("case.conflictTitle"));
  await expect(conflict.locator(".step")).toContainText(shop.account("agent").displayName);
  await expect(form.getByLabel(say("field.text"))).toHaveValue("…");
  await conflict.getByRole("button", { name: say("case.lookAgain") }).click();
  await submit(form);
  await expectState(second, say, "Rejected");
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
