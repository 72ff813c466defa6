import { DeadlineService } from "@redress/contract/redress/aftersales/v1/deadline_service_pb";
import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import { expect, test } from "../support/journey.ts";

test("An admin sets hours and a rule; the case says why it is due then", async ({
  logIn,
  say,
  shop,
}) => {
  const admin = await logIn(shop.account("admin"));
  await admin.goto("/deadlines/calendars");
  await expect(admin.getByText(say("deadlines.calendarsEmpty"))).toBeVisible();
  // By keyboard alone: n opens the form, Enter saves it.
  await admin.keyboard.press("n");
  await expect(admin.getByLabel(say("deadlines.name"))).toBeFocused();
  await admin.keyboard.type("office");
  await admin.getByLabel(say("weekday.7"), { exact: true }).fill("9-12");
  await admin.keyboard.press("Enter");
  await expect(admin.getByText(say("deadlines.hoursWrong"))).toBeVisible();
  await admin.getByLabel(say("weekday.7"), { exact: true }).fill("10:00-12:00");
  await admin
    .getByLabel(say("deadlines.special"))
    .fill(`2031-10-01 ${say("deadlines.closedWord")} Day`);
  await admin.getByRole("button", { name: say("common.save") }).click();
  await expect(admin.getByRole("cell", { name: "office", exact: true })).toBeVisible();

  await admin.getByRole("link", { name: say("deadlines.rules") }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText(say("deadlines.rules"));
  const row = admin
    .locator(".ant-table-row")
    .filter({ hasText: say("deadlineRule.seller_answers") })
    .filter({ hasText: say("deadlineCondition.return_and_refund") });
  await row.getByRole("button", { name: say("deadlines.change") }).click();
  await admin.getByLabel(say("deadlines.duration")).fill("8");
  await admin.getByLabel(say("deadlines.calendar"), { exact: true }).click();
  await admin.getByTitle("office", { exact: true }).click();
  await admin.getByRole("button", { name: say("common.save") }).click();
  const own = admin.locator(".ant-table-row").filter({ hasText: say("deadlines.inForce") });
  await expect(own).toContainText("office");

  const one = await shop.openCase(32_00n, RefundVariant.RETURN_AND_REFUND);
  const agent = await logIn("agent");
  await agent.goto(`/workbench/${one.caseNumber}`);
  await expect(agent.locator(".case-header h1")).toHaveText(`#${one.caseNumber}`);
  await agent.keyboard.press("w");
  const why = agent.getByRole("dialog");
  await expect(why).toContainText(say("deadlineRule.seller_answers"));
  await expect(why).toContainText("office");
  await expect(why.getByRole("region", { name: say("why.spans") })).toContainText(
    say("why.counted"),
  );
  const read = await shop
    .as("agent", DeadlineService)
    .whyDue({ key: { case: "caseId", value: one.caseId } });
  expect(read.explanation?.ruleVersion).toBe(1);
});

test("Supervisors read rules and have what was escalated before them", async ({ logIn, say }) => {
  const supervisor = await logIn("supervisor");
  await supervisor.goto("/deadlines");
  await expect(supervisor.getByRole("heading", { level: 1 })).toHaveText(say("deadlines.rules"));
  await expect(supervisor.getByRole("button", { name: say("deadlines.set") })).toHaveCount(0);
  await supervisor.goto("/workbench");
  await supervisor.getByText(say("queue.escalated"), { exact: true }).click();
  await expect(supervisor).toHaveURL(/scope=escalated/);
});
