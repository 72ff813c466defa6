import path from "node:path";
import { mkdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { NoteService } from "@redress/contract/redress/customer/v1/note_service_pb";
import { TagService } from "@redress/contract/redress/customer/v1/tag_service_pb";
import { TagRuleService } from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { expect, openAction, submit, test } from "../support/journey.ts";
import type { Language } from "../support/words.ts";

// The README's pictures, and a look at every page in both languages.
const folder = path.resolve(import.meta.dirname, "../../../clients/web/console/docs");

async function picture(page: Page, language: Language, name: string): Promise<void> {
  await expect(page.locator(".ant-skeleton")).toHaveCount(0);
  await expect(page.locator(".ant-message-notice")).toHaveCount(0);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({
    path: path.join(folder, `${name}.${language}.png`),
    animations: "disabled",
    scale: "css",
  });
}

test.skip(
  process.env["REDRESS_SCREENSHOTS"] !== "1",
  "pictures are taken with REDRESS_SCREENSHOTS=1",
);

test("The tour's pictures", async ({ language, logIn, newPage, say, shop }) => {
  test.setTimeout(240_000);
  for (const amount of [32_00n, 128_00n, 59_90n]) await shop.openCase(amount);
  for (const amount of [45_00n, 19_90n]) await shop.complete(await shop.openCase(amount));
  await shop.openCase(66_00n).then((one) => shop.approve(one));
  const goods = await shop.openCase(88_00n, RefundVariant.RETURN_AND_REFUND);
  const large = await shop.openCase(480_00n);

  const nobody = await newPage();
  await nobody.goto("/");
  await expect(nobody.getByLabel(say("login.account"))).toBeVisible();
  await picture(nobody, language, "log-in");

  const agent = await logIn("agent");
  await agent.goto(`/workbench/${large.caseNumber}`);
  await submit(await openAction(agent, "approve"));
  await expect(agent.locator(".action-form")).toBeHidden();
  await agent.goto(`/workbench/${goods.caseNumber}`);
  await agent.getByRole("button", { name: say("case.take") }).click();
  await submit(await openAction(agent, "approve"));
  await expect(agent.locator(".action-form")).toBeHidden();
  const form = await openAction(agent, "ship_return");
  await form.getByLabel(say("field.carrier")).fill(language === "zh" ? "圆通速递" : "YTO Express");
  await form.getByLabel(say("field.tracking_number")).fill(`YT88${goods.caseNumber}01`);
  await picture(agent, language, "workbench");
  await submit(form);
  await expect(form).toBeHidden();
  await agent.getByRole("tab", { name: say("case.diagram") }).click();
  await expect(agent.locator(".state.present")).toBeVisible();
  await picture(agent, language, "diagram");
  await agent.goto("/orders");
  await expect(agent.locator(".ant-table-row").first()).toBeVisible();
  await picture(agent, language, "orders");

  const warehouse = await logIn("warehouse");
  await expect(warehouse.getByLabel(say("warehouse.scanLabel"))).toBeFocused();
  await warehouse.keyboard.type(`YT88${goods.caseNumber}01`);
  await warehouse.keyboard.press("Enter");
  await warehouse.getByRole("button", { name: say("warehouse.claim"), exact: true }).click();
  await expect(warehouse.locator("section.report")).toBeVisible();
  await picture(warehouse, language, "warehouse");

  const finance = await logIn("finance");
  await expect(finance.getByRole("heading", { level: 1 })).toBeVisible();
  await picture(finance, language, "settlements");

  const supervisor = await logIn("supervisor");
  await supervisor.goto("/figures");
  await expect(supervisor.locator("[data-liveness=live]")).toBeVisible();
  await expect(supervisor.locator(".day-chart svg")).toBeVisible();
  await expect(supervisor.locator("[data-figure=refund_speed]")).not.toContainText(
    say("figures.noValue"),
  );
  await picture(supervisor, language, "figures");
});

test("The tour's picture of a buyer", async ({ language, logIn, shop }) => {
  test.setTimeout(240_000);
  for (const amount of [32_00n, 128_00n, 59_90n]) await shop.pushOrder(amount);
  await shop.complete(await shop.openCase(45_00n));
  await shop.openCase(88_00n, RefundVariant.RETURN_AND_REFUND);
  const isChinese = language === "zh";
  const { customers } = await shop.as("agent", CustomerService).findCustomer({
    key: { case: "phone", value: "13800138000" },
  });
  const customerId = customers[0]?.customerId ?? "";
  await shop.as("supervisor", TagRuleService).adoptShippedRules({ requestId: "tour:adopt" });
  await shop.as("agent", TagService).tagCustomers({
    requestId: "tour:tag",
    tagCode: "coupon_sent",
    customerIds: [customerId],
  });
  await shop.as("agent", NoteService).addNote({
    requestId: "tour:note",
    customerId,
    pinned: true,
    text: isChinese
      ? "只在晚上接电话，先发消息。"
      : "Takes calls in the evening only; write first.",
  });
  const agent = await logIn("agent");
  await agent.goto(`/customers/${customerId}`);
  // Two cases, five orders, a note: they come with the events.
  await expect(async () => {
    await agent.reload();
    await expect(agent.locator(".history .step")).toHaveCount(8, { timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await expect(agent.locator(".tag-chips .tag-mark").first()).toBeVisible();
  await picture(agent, language, "customer");
});
