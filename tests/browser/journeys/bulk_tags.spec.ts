import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import {
  TagCustomersRequestSchema,
  TagService,
} from "@redress/contract/redress/customer/v1/tag_service_pb";
import { expect, expectOption, test } from "../support/journey.ts";
import type { Shop } from "../support/shop.ts";

async function addCustomers(shop: Shop, nicks: string[]): Promise<void> {
  for (const nick of nicks) {
    await shop.as("integration", CustomerService).upsertCustomer({
      requestId: `bulk:${nick}`,
      platform: "direct",
      nick,
    });
  }
}

async function addTag(shop: Shop, tagCode: string): Promise<void> {
  await shop.as("supervisor", TagService).setTag({
    requestId: `tag:${tagCode}`,
    tagCode,
    group: "test",
    colour: "#1554ad",
    nameZh: `标签 ${tagCode}`,
    nameEn: `Tag ${tagCode}`,
    byHand: true,
  });
}

test("An agent ticks found buyers and tags them at once by keyboard; a lost answer tags nobody twice", async ({
  logIn,
  say,
  shop,
}, info) => {
  await addTag(shop, "bulk_one");
  await addCustomers(shop, ["bulkbuyer1", "bulkbuyer2", "bulkbuyer3"]);
  const agent = await logIn("agent");
  await agent.goto("/customers");
  await agent.getByLabel(say("search.words")).fill("bulkbuyer");
  await agent.keyboard.press("Enter");
  await expect(agent.getByRole("link", { name: /^bulkbuyer/ })).toHaveCount(3);
  await agent.locator(".ant-table-thead .ant-checkbox-input").first().focus();
  await agent.keyboard.press("Space");
  await expect(agent.getByText(say("bulkTag.chosen", { count: 3 }))).toBeVisible();
  await agent.keyboard.press("t");
  const dialog = agent.getByRole("dialog");
  await dialog.getByLabel(say("bulkTag.tag"), { exact: true }).focus();
  await agent.keyboard.type("bulk_one");
  await expectOption(agent, "bulk_one");
  await agent.keyboard.press("Enter");
  await agent.screenshot({ path: info.outputPath("bulk_tag.png") });

  // The services tag them, but nobody hears of it.
  await agent.route(
    /TagCustomers/,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  const submit = dialog.getByRole("button", { name: say("common.submit") });
  await submit.click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await submit.click();
  // The answer of the first call, in which they were changed.
  const changed = dialog.getByText(say("tagResult.TAG_RESULT_CHANGED"), { exact: true });
  await expect(changed).toHaveCount(3);
  await agent.screenshot({ path: info.outputPath("bulk_tagged.png") });
  await dialog
    .getByRole("button", { name: say("common.close") })
    .last()
    .click();
  await expect(dialog).toBeHidden();
  await expect(agent.getByText(say("bulkTag.choose"))).toBeVisible();
});

test("Whom the shop does not know is told among those who were tagged", async ({
  logIn,
  say,
  shop,
}, info) => {
  await addTag(shop, "bulk_two");
  await addCustomers(shop, ["partbuyer1", "partbuyer2"]);
  const agent = await logIn("agent");
  await agent.goto("/customers");
  await agent.getByLabel(say("search.words")).fill("partbuyer");
  await agent.keyboard.press("Enter");
  await expect(agent.getByRole("link", { name: /^partbuyer/ })).toHaveCount(2);
  await agent.locator(".ant-table-thead .ant-checkbox-input").first().check();
  await agent.getByRole("button", { name: say("bulkTag.begin") }).click();
  const dialog = agent.getByRole("dialog");
  await dialog.getByLabel(say("bulkTag.tag"), { exact: true }).focus();
  await agent.keyboard.type("bulk_two");
  await expectOption(agent, "bulk_two");
  await agent.keyboard.press("Enter");
  await agent.route(/TagCustomers/, async (route) => {
    const sent = fromBinary(
      TagCustomersRequestSchema,
      route.request().postDataBuffer() ?? new Uint8Array(),
    );
    sent.customerIds[1] = "123456789";
    await route.continue({ postData: Buffer.from(toBinary(TagCustomersRequestSchema, sent)) });
  });
  await dialog.getByRole("button", { name: say("common.submit") }).click();
  await expect(dialog.locator("[data-result]")).toHaveCount(2);
  await expect(dialog.locator("[data-result]").first()).toContainText(
    say("tagResult.TAG_RESULT_NOT_FOUND"),
  );
  await agent.screenshot({ path: info.outputPath("bulk_refused.png") });
});

test("Who has a tag is listed, and the tag is taken away from those who are ticked", async ({
  logIn,
  say,
  shop,
  language,
}, info) => {
  await addTag(shop, "bulk_three");
  await addCustomers(shop, ["taggedbuyer1", "taggedbuyer2"]);
  const { customers } = await shop.as("agent", CustomerService).listCustomers({ pageSize: 50 });
  const tagged = customers.filter((one) => one.nick.startsWith("taggedbuyer"));
  await shop.as("agent", TagService).tagCustomers({
    requestId: `bulk_three:${shop.shopId}`,
    tagCode: "bulk_three",
    customerIds: tagged.map((one) => one.customerId),
  });
  const agent = await logIn("agent");
  await agent.goto("/care/tags");
  const row = agent.getByRole("row", { name: /bulk_three/ });
  await row.getByRole("button", { name: say("bulkTag.show") }).click();
  const name = language === "zh" ? "标签 bulk_three" : "Tag bulk_three";
  const list = agent.getByRole("dialog", { name: say("bulkTag.taggedOf", { name }) });
  await expect(list.getByRole("link", { name: /^taggedbuyer/ })).toHaveCount(2, {
    timeout: 60_000,
  });
  await agent.screenshot({ path: info.outputPath("tagged.png") });
  await list.locator(".ant-table-tbody .ant-checkbox-input").first().check();
  await agent.keyboard.press("t");
  const dialog = agent.getByRole("dialog", { name: say("bulkTag.title", { count: 1 }) });
  await dialog.getByRole("button", { name: say("common.submit") }).click();
  await expect(dialog.locator("[data-result=done]")).toHaveCount(1);
  await dialog
    .getByRole("button", { name: say("common.close") })
    .last()
    .click();
  await expect(list.getByRole("link", { name: /^taggedbuyer/ })).toHaveCount(1, {
    timeout: 60_000,
  });
});
