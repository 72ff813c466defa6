import { expect, expectOption, test } from "../support/journey.ts";

test("A supervisor defines a tag and its rule, mends the condition as it is typed, tries it and switches it on", async ({
  logIn,
  say,
}, info) => {
  const supervisor = await logIn("supervisor");
  // By keyboard: g a, and the tab beside.
  await supervisor.keyboard.press("g");
  await supervisor.keyboard.press("a");
  await expect(supervisor).toHaveURL(/\/care$/);
  const title = supervisor.getByRole("heading", { level: 1 });
  await supervisor.getByRole("link", { name: say("tag.title"), exact: true }).click();
  await expect(title).toHaveText(say("tag.title"));
  await supervisor.keyboard.press("n");
  const form = supervisor.getByRole("dialog");
  await form.getByLabel(say("tag.code"), { exact: true }).fill("browser_tag");
  await form.getByLabel(say("tag.nameZh"), { exact: true }).fill("浏览器标签");
  await form.getByLabel(say("tag.nameEn"), { exact: true }).fill("Browser tag");
  await form.getByLabel(say("tag.group"), { exact: true }).fill("test");
  await supervisor.screenshot({ path: info.outputPath("tag_form.png") });
  await form.getByRole("button", { name: say("common.save") }).click();
  await expect(form).toBeHidden();
  await expect(supervisor.getByRole("cell", { name: "browser_tag", exact: true })).toBeVisible();

  await supervisor.getByRole("link", { name: say("tagRule.title"), exact: true }).click();
  await expect(title).toHaveText(say("tagRule.title"));
  await supervisor.keyboard.press("n");
  const rule = supervisor.getByRole("dialog");
  await rule.getByLabel(say("tagRule.tag"), { exact: true }).click();
  await expectOption(supervisor);
  await supervisor.keyboard.press("Enter");
  const condition = rule.getByLabel(say("tagRule.condition"), { exact: true });
  await condition.fill("paid_order >= 1");
  await expect(rule.getByRole("status")).toContainText(
    say("condition.nearest", { name: "paid_orders" }),
  );
  await rule.getByRole("button", { name: say("condition.use", { name: "paid_orders" }) }).click();
  await expect(condition).toHaveValue("paid_orders >= 1");
  await rule.getByRole("button", { name: say("tagRule.saveDraft") }).click();
  await expect(rule.getByRole("button", { name: say("tagRule.on") })).toBeDisabled();
  await rule.getByRole("button", { name: say("tagRule.try") }).click();
  await expect(rule.getByRole("button", { name: say("tagRule.on") })).toBeEnabled({
    timeout: 30_000,
  });
  await supervisor.screenshot({ path: info.outputPath("rule_tried.png") });
  await rule.getByRole("button", { name: say("tagRule.on") }).click();
  await expect(rule.getByRole("button", { name: say("tagRule.off") })).toBeVisible();
});

test("An agent reads rules and segments and changes none", async ({ logIn, say }) => {
  const agent = await logIn("agent");
  await agent.goto("/care/segments");
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText(say("segment.title"));
  await expect(agent.getByRole("button", { name: say("segment.new") })).toHaveCount(0);
  await agent.goto("/care/tag-rules");
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText(say("tagRule.title"));
  await expect(agent.getByRole("button", { name: say("tagRule.new") })).toHaveCount(0);
});
