import { readFileSync } from "node:fs";
import { CareService } from "@redress/contract/redress/customer/v1/care_service_pb";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { NoteService } from "@redress/contract/redress/customer/v1/note_service_pb";
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

test("While new words are looked for, the hits of the words before are not offered", async ({
  logIn,
  say,
  shop,
}) => {
  await addCustomer(shop, "earlybird1", "13900000081");
  await addCustomer(shop, "latebird2", "13900000082");
  const agent = await logIn("agent");
  const results = agent.locator(".global-search-results");
  const search = agent.getByLabel(say("search.label"));
  await search.fill("earlybird");
  await expect(results).toContainText("earlybird1");

  const held = Promise.withResolvers<undefined>();
  await agent.route(/SearchCustomers/, async (route) => {
    await held.promise;
    await route.continue();
  });
  const asked = agent.waitForRequest(/SearchCustomers/);
  await search.fill("latebird");
  await asked;
  await expect(results).toContainText(say("search.searching", { words: "latebird" }));
  await expect(results).not.toContainText("earlybird1");
  held.resolve(undefined);
  await expect(results).toContainText("latebird2");
  await agent.keyboard.press("Enter");
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText("latebird2");
});

test("A note that a colleague has changed meanwhile is shown before it is replaced", async ({
  logIn,
  say,
  shop,
}) => {
  const customerId = await addCustomer(shop, "notekeeper3", "13900000083");
  const agent = await logIn("agent");
  await agent.goto(`/customers/${customerId}`);
  const notes = agent.getByRole("region", { name: say("note.title") });
  const add = notes.locator(":scope > form");
  await add.getByLabel(say("note.text")).fill("First words");
  await add.getByRole("button", { name: say("note.add") }).click();
  await notes.getByRole("button", { name: say("note.edit"), exact: true }).click();
  const edit = notes.locator(".note form");
  await edit.getByLabel(say("note.text")).fill("My words");

  const service = shop.as("supervisor", NoteService);
  const [note] = (await service.listNotes({ customerId })).notes;
  await service.editNote({
    requestId: `note:${customerId}`,
    noteId: note?.noteId ?? "",
    etag: note?.etag ?? "",
    text: "Their words",
  });
  // The list is read again while the note is being changed.
  await add.getByLabel(say("note.text")).fill("Another note");
  await add.getByRole("button", { name: say("note.add") }).click();
  await expect(notes.locator(".note", { hasText: "Another note" })).toBeVisible();

  await edit.getByRole("button", { name: say("common.save") }).click();
  await expect(edit.getByRole("status")).toContainText("Their words");
  await expect(edit.getByLabel(say("note.text"))).toHaveValue("My words");
  await edit.getByRole("button", { name: say("common.save") }).click();
  await expect(edit).toHaveCount(0);
  await expect(notes.locator(".note", { hasText: "My words" })).toBeVisible();
});

test("What a customer asks for is written down on their page, and a colleague's word is not lost", async ({
  logIn,
  say,
  shop,
}) => {
  const customerId = await addCustomer(shop, "wisher4", "13900000084");
  const agent = await logIn("agent");
  await agent.goto(`/customers/${customerId}`);
  const wishes = agent.getByRole("region", { name: say("care.wishes") });
  await wishes.getByRole("button", { name: say("care.changeWishes") }).click();
  const birthday = wishes.getByLabel(say("care.birthday"));
  await birthday.fill("08-31");
  await shop.as("colleague", CareService).setCareWishes({
    requestId: `wishes:${customerId}`,
    customerId,
    version: 0,
    birthday: "01-02",
    noContact: true,
  });
  await wishes.getByRole("button", { name: say("common.save") }).click();
  await expect(wishes.getByRole("alert")).toContainText(say("tag.changed"));
  await expect(birthday).toHaveValue("08-31");
  await wishes.getByRole("button", { name: say("tag.load") }).click();
  await expect(birthday).toHaveValue("01-02");
  await birthday.fill("08-31");
  await wishes.getByRole("button", { name: say("common.save") }).click();
  await expect(birthday).toHaveCount(0);
  await expect(wishes).toContainText("08-31");
  await expect(wishes).toContainText(say("care.noContact"));
});
