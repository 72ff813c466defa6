import { casePane, expect, test } from "../support/journey.ts";
import type { Page } from "@playwright/test";
import type { Say } from "../support/words.ts";

const phone = "13800138000";

function contactOn(page: Page) {
  return page.locator(".pane.customer .contact");
}

async function reveal(page: Page, say: Say, reason: string): Promise<void> {
  await contactOn(page)
    .getByRole("button", { name: say("customer.reveal") })
    .click();
  await contactOn(page).getByLabel(say("customer.revealReason")).fill(reason);
  await page.keyboard.press("Enter");
}

test("Contact data is masked until an agent says why, and each reveal is recorded", async ({
  deployment,
  logIn,
  say,
  shop,
}) => {
  const one = await shop.openCase(22_00n);
  const reveals = async () => {
    const found = await deployment.rows(
      "redress_customer",
      `SELECT COUNT(*) FROM contact_reveals WHERE shop_id = ${shop.shopId}`,
    );
    return Number(found[0]?.[0]);
  };
  const before = await reveals();
  const page = await logIn("agent");
  await page.goto(`/workbench/${one.caseNumber}`);
  const contact = contactOn(page);
  await expect(contact).toContainText("138****8000");
  await expect(contact).not.toContainText(phone);

  await reveal(page, say, " ");
  await expect(contact.locator(".ant-form-item-explain-error")).toBeVisible();
  expect(await reveals()).toBe(before);
  await contact.getByLabel(say("customer.revealReason")).fill(say("reasonCode.damaged"));
  await page.keyboard.press("Enter");
  await expect(contact).toContainText(phone);
  await expect(contact.getByRole("status")).toContainText(say("customer.revealed"));
  expect(await reveals()).toBe(before + 1);

  await contact.getByRole("button", { name: say("customer.hide") }).click();
  await expect(contact).not.toContainText(phone);
  await expect(contact.getByRole("button", { name: say("customer.reveal") })).toBeVisible();
});

test("What was revealed for one case is masked again at the next", async ({ logIn, say, shop }) => {
  const [one, next] = [await shop.openCase(23_00n), await shop.openCase(24_00n)];
  const page = await logIn("supervisor");
  await page.goto(`/workbench/${one.caseNumber}`);
  await reveal(page, say, say("reasonCode.damaged"));
  await expect(contactOn(page)).toContainText(phone);
  await page.locator(".queue-row", { hasText: `#${next.caseNumber}` }).click();
  await expect(casePane(page).getByRole("heading", { level: 1 })).toHaveText(`#${next.caseNumber}`);
  await expect(contactOn(page)).toContainText("138****8000");
  await expect(contactOn(page)).not.toContainText(phone);
});

test("Who may not reveal contact data is not offered it", async ({ logIn, say, shop }) => {
  const one = await shop.openCase(26_00n);
  const page = await logIn("finance");
  await page.goto(`/workbench/${one.caseNumber}`);
  await expect(contactOn(page)).toContainText("138****8000");
  await expect(page.getByRole("button", { name: say("customer.reveal") })).toHaveCount(0);
});
