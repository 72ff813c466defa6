import { readFileSync } from "node:fs";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { expect, test } from "../support/journey.ts";
import type { Shop } from "../support/shop.ts";

async function addCustomer(shop: Shop, nick: string, phone: string): Promise<string> {
  const { customer } = await shop.as("integration", CustomerService).upsertCustomer({
    requestId: `journey:${nick}`,
    platform: "direct",
    nick,
    contact: { name: "Ann Lee", phone, address: `1 Road of ${nick}` },
  });
  return customer?.customerId ?? "";
}

test("A buyer is found from anywhere by keyboard, and a note about them reaches a colleague", async ({
  logIn,
  say,
  shop,
}) => {
  await addCustomer(shop, "moonriver77", "13900000077");
  const agent = await logIn("agent");
  await agent.keyboard.press("/");
  await expect(agent.getByLabel(say("search.label"))).toBeFocused();
  await agent.keyboard.type("moonriver");
  await expect(agent.locator(".global-search-results")).toContainText("moonriver77");
  await agent.keyboard.press("Enter");
  await expect(agent).toHaveURL(/\/customers\/\d+$/);
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText("moonriver77");
  await expect(agent.locator(".contact")).toContainText("139****0077");

  const colleague = shop.account("colleague").displayName;
  const notes = agent.getByRole("region", { name: say("note.title") });
  await notes.getByLabel(say("note.text")).fill(`Call first @${colleague} `);
  await notes.getByRole("button", { name: say("note.add") }).click();
  await expect(notes.locator(".note")).toContainText("Call first");
  await expect(agent.locator(".history")).toContainText("Call first");

  const other = await logIn("colleague");
  await other.getByRole("button", { name: say("mention.count", { count: 1 }) }).click();
  await other.getByRole("link", { name: /Call first/ }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("moonriver77");
  await expect(
    other.getByRole("button", { name: say("mention.count", { count: 0 }) }),
  ).toBeVisible();
});

test("The words that are searched for stay out of the address", async ({ logIn, say, shop }) => {
  await addCustomer(shop, "quietpond", "13900000078");
  const agent = await logIn("agent");
  await agent.goto("/customers");
  await agent.getByLabel(say("search.words")).fill("13900000078");
  await agent.keyboard.press("Enter");
  await expect(agent.getByRole("link", { name: "quietpond" })).toBeVisible();
  expect(agent.url()).not.toContain("13900000078");
});

test("A supervisor compares two buyers of one phone, merges them and undoes it", async ({
  logIn,
  say,
  shop,
}) => {
  await addCustomer(shop, "twin-a", "13900000079");
  await addCustomer(shop, "twin-b", "13900000079");
  const page = await logIn("supervisor");
  await page.goto("/customers/duplicates");
  const row = page.locator(".ant-table-row", { hasText: "twin-a" }).first();
  await row
    .getByRole("button", { name: say("duplicates.compare") })
    .first()
    .click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel(say("merge.reason")).fill("same phone");
  await drawer.getByRole("button", { name: say("merge.submit"), exact: true }).click();
  await expect(drawer).toBeHidden();
  await expect(page.locator(".ant-table-row", { hasText: "twin-a" })).toHaveCount(0);

  await page.goto("/customers");
  await page.getByRole("link", { name: "twin-b" }).click();
  await page.getByRole("button", { name: say("merge.undo") }).click();
  await page.getByLabel(say("merge.undoReason")).fill("two people");
  await page.getByRole("button", { name: say("merge.undo") }).click();
  await expect(page.getByText(say("merge.undone"))).toBeVisible();
});

test("An admin exports a person's data and erases it after typing the nick", async ({
  logIn,
  say,
  shop,
}) => {
  const customerId = await addCustomer(shop, "leaving9", "13900000080");
  const admin = await logIn(shop.account("admin"));
  await admin.goto(`/customers/${customerId}`);
  await admin.getByRole("button", { name: say("privacy.export") }).click();
  await admin.getByLabel(say("privacy.exportReason")).fill("asked in writing");
  const download = admin.waitForEvent("download");
  await admin.keyboard.press("Enter");
  const file = readFileSync(await (await download).path(), "utf8");
  expect(file).toContain("13900000080");

  await admin.getByRole("button", { name: say("privacy.erase") }).click();
  await admin.getByLabel(say("privacy.eraseReason")).fill("asked in writing");
  const erase = admin.getByRole("button", { name: say("privacy.erase"), exact: true });
  await expect(erase).toBeDisabled();
  await admin.getByLabel(say("privacy.typeNick", { nick: "leaving9" })).fill("leaving9");
  await erase.click();
  await expect(admin).toHaveURL(/\/privacy\/erasures$/);
  await expect(admin.locator(".confirmations").first()).not.toContainText(say("privacy.erasing"), {
    timeout: 60_000,
  });
  await admin.getByRole("link", { name: say("privacy.reveals") }).click();
  await expect(admin.locator(".ant-table-row").first()).toContainText(
    say("revealKind.REVEAL_KIND_EXPORT"),
  );
});

test("Agents have neither the privacy section nor merges", async ({ logIn, say }) => {
  const agent = await logIn("agent");
  await expect(agent.getByRole("link", { name: say("section.customers") })).toBeVisible();
  await expect(agent.getByRole("link", { name: say("section.privacy") })).toHaveCount(0);
  await agent.goto("/customers");
  await expect(agent.getByRole("link", { name: say("duplicates.title") })).toHaveCount(0);
});
