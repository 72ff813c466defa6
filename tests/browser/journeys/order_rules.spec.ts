import { RulesService } from "@redress/contract/redress/order/v1/rules_service_pb";
import { expect, test } from "../support/journey.ts";

test("A supervisor changes the order rules beside a colleague, and the command line keeps what it does not name", async ({
  deployment,
  logIn,
  say,
  shop,
}, info) => {
  const service = shop.as("admin", RulesService);
  const read = async () => {
    const { rules } = await service.getOrderRules({});
    if (!rules) throw new Error("no rules came back");
    return rules;
  };
  const page = await logIn("supervisor");
  await page.goto("/orders/rules");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say("orderRules.title"));
  const stuck = page.getByLabel(say("orderRules.stuckAfterHours"));
  const steps = page.getByLabel(say("orderRules.nextSteps"));
  const save = page.getByRole("button", { name: say("common.save") });
  await expect(stuck).toHaveValue("72");
  await steps.fill("call | back");
  await save.click();
  await expect(page.getByText(say("orderRules.separator"))).toBeVisible();
  await steps.fill("call back\nsend a sample");

  const { etag } = await read();
  await service.setOrderRules({
    requestId: `rules:${shop.shopId}`,
    rules: { stuckAfterHours: 60, nextSteps: ["wait"] },
    etag,
  });
  await save.click();
  await expect(page.getByText(say("tag.changed"))).toBeVisible();
  await expect(steps).toHaveValue("call back\nsend a sample");
  await page.screenshot({ path: info.outputPath("order_rules_conflict.png") });
  await page.getByRole("button", { name: say("tag.load") }).click();
  await expect(stuck).toHaveValue("60");
  await expect(steps).toHaveValue("wait");
  await steps.fill("wait\ncall back");
  await page.getByLabel(say("orderRules.mostReminders")).fill("5");
  await save.click();
  await expect(page.getByText(say("orderRules.saved"))).toBeVisible();
  expect(await read()).toMatchObject({
    stuckAfterHours: 60,
    reminderWindowHours: 24,
    mostReminders: 5,
    nextSteps: ["wait", "call back"],
  });

  const set = ["--as", `browser-${shop.shopId}`, "order", "rules", "set"];
  await deployment.redress([...set, "--stuck-hours", "36"]);
  expect(await read()).toMatchObject({
    stuckAfterHours: 36,
    mostReminders: 5,
    nextSteps: ["wait", "call back"],
  });
  await deployment.redress([...set, "--next-step", "one", "--next-step", "two"]);
  expect(await read()).toMatchObject({ stuckAfterHours: 36, nextSteps: ["one", "two"] });
  await deployment.redress([...set, "--no-next-steps"]);
  expect(await read()).toMatchObject({ stuckAfterHours: 36, nextSteps: [] });
});

test("An admin writes the carriers' salt, which nobody is shown; an agent changes no rule", async ({
  logIn,
  say,
  shop,
}, info) => {
  const admin = await logIn(shop.account("admin"));
  await admin.goto("/orders/rules");
  await expect(admin.getByText(say("orderRules.saltMissing"))).toBeVisible();
  const salt = admin.getByLabel(say("orderRules.newSalt"));
  await salt.fill("short");
  await admin.getByRole("button", { name: say("orderRules.keepSalt") }).click();
  await expect(admin.getByText(say("orderRules.saltForm"))).toBeVisible();
  await salt.fill("a-salt-of-a-shop");
  await admin.keyboard.press("Enter");
  await expect(admin.getByText(say("orderRules.saltKept"))).toBeVisible();
  await expect(salt).toHaveValue("");
  await admin.screenshot({ path: info.outputPath("order_rules.png") });

  const agent = await logIn("agent");
  await agent.goto("/orders/rules");
  await expect(agent.getByText(say("orderRules.saltKept"))).toBeVisible();
  await expect(agent.getByLabel(say("orderRules.stuckAfterHours"))).toBeDisabled();
  await expect(agent.getByRole("button", { name: say("common.save") })).toHaveCount(0);
  await expect(agent.getByLabel(say("orderRules.newSalt"))).toHaveCount(0);
});
