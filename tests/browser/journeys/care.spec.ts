import { CareOccasion, CareService } from "@redress/contract/redress/customer/v1/care_service_pb";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { expect, expectOption, test } from "../support/journey.ts";
import type { Shop } from "../support/shop.ts";

// Whom the care rules of these journeys are about: nobody else is of their platform.
async function addCustomer(shop: Shop, nick: string): Promise<string> {
  const { customer } = await shop.as("integration", CustomerService).upsertCustomer({
    requestId: `care:${nick}`,
    platform: "care",
    nick,
    contact: { name: "Ann Lee", phone: "13900000091", address: "1 Care Road" },
  });
  return customer?.customerId ?? "";
}

// Month and day; a rule that looks two days ahead finds it due in every zone.
function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(5, 10);
}

test("A supervisor adopts the care rules that ship and tries one before it is switched on", async ({
  logIn,
  say,
  shop,
}, info) => {
  const customerId = await addCustomer(shop, "tried-by-care");
  const supervisor = await logIn("supervisor");
  await supervisor.goto("/care/rules");
  await supervisor.getByRole("button", { name: say("care.adopt") }).click();
  const row = supervisor.locator(".ant-table-row", { hasText: "2027-02-06" });
  await expect(row).toContainText(say("care.isOff"));
  await supervisor.screenshot({ path: info.outputPath("care_rules.png") });

  await supervisor.keyboard.press("n");
  const form = supervisor.getByRole("dialog");
  await expect(form.getByLabel(say("care.on"), { exact: true })).not.toBeChecked();
  await form
    .getByLabel(say("tagRule.condition"), { exact: true })
    .fill('paid_orders = 0 and platform = "care"');
  await form.getByRole("button", { name: say("care.try") }).click();
  const trial = form.getByRole("region", { name: say("care.try") });
  await expect(trial).toContainText(say("care.wouldMake"), { timeout: 30_000 });
  await expect(trial.getByRole("link", { name: `…${customerId.slice(-8)}` })).toBeVisible();
  await supervisor.screenshot({ path: info.outputPath("care_rule_tried.png") });
});

test("An agent works a care task off: claims it, sends the coupon, and it stands in the timeline", async ({
  logIn,
  say,
  shop,
}, info) => {
  const nick = "birthday-girl";
  const customerId = await addCustomer(shop, nick);
  await shop.as("supervisor", CareService).setCareRule({
    requestId: "care:rule",
    ruleCode: "journey_birthday",
    nameZh: "生日送券",
    nameEn: "Birthday coupon",
    expression: 'platform = "care"',
    occasion: CareOccasion.BIRTHDAY,
    daysAhead: 2,
    quietDays: 30,
    coupon: true,
    enabled: true,
  });
  await shop.as("agent", CareService).setCareWishes({
    requestId: "care:wishes",
    customerId,
    birthday: tomorrow(),
  });
  const agent = await logIn("agent");
  const task = agent.locator(".message-row", { hasText: nick });
  await expect(async () => {
    await agent.goto("/care");
    await expect(task).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await expect(task).toContainText(say("care.coupon"));
  await expect(task).toHaveAttribute("aria-current", "true");
  await agent.keyboard.press("c");
  await expect(task).toContainText(say("care.mine"));
  await agent.keyboard.press("d");
  await task.getByLabel(say("care.result")).click();
  await agent.getByTitle(say("careResult.coupon_sent"), { exact: true }).click();
  await task
    .getByRole("button", { name: say("care.finish") })
    .last()
    .click();
  await expect(task).toContainText(say("care.couponMissing"));
  await agent.screenshot({ path: info.outputPath("care_done_form.png") });
  await task.getByLabel(say("care.couponCode")).fill("BDAY-5");
  await task
    .getByRole("button", { name: say("care.finish") })
    .last()
    .click();
  await expect(task).toHaveCount(0);
  await agent.screenshot({ path: info.outputPath("care_queue.png") });

  await agent.goto(`/customers/${customerId}`);
  await expect(agent.locator(".history")).toContainText("BDAY-5");
  // What the buyer asks for is seen before anybody turns to them.
  const profile = agent.getByRole("region", { name: say("person.profile") });
  await expect(profile).not.toContainText(say("person.noContact"));
  const wishes = agent.getByRole("region", { name: say("care.wishes") });
  await wishes.getByRole("button", { name: say("care.changeWishes") }).click();
  await wishes.getByLabel(say("care.noContact")).check();
  await wishes.getByRole("button", { name: say("common.save") }).click();
  await expect(profile).toContainText(say("person.noContact"));
  await agent.screenshot({ path: info.outputPath("no_contact.png") });
});

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
