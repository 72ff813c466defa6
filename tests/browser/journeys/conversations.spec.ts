import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { PrivacyService } from "@redress/contract/redress/customer/v1/privacy_service_pb";
import {
  ConversationService,
  MessageSide,
} from "@redress/contract/redress/desk/v1/conversation_service_pb";
import { SessionService } from "@redress/contract/redress/identity/v1/session_service_pb";
import { until } from "../../support/web/deployment.ts";
import { expect, test } from "../support/journey.ts";
import type { Shop } from "../support/shop.ts";

// 2024-03-04 16:00 in the shop's zone, while it is the morning in UTC.
const began = Date.UTC(2024, 2, 4, 8);

interface Asked {
  number: string;
  buyerNick: string;
  messages: string[];
}

// A conversation in which the buyer and the shop take turns, a minute apart. The shop's second
// message is of nobody who has an account.
async function importChat(shop: Shop, { number, buyerNick, messages }: Asked): Promise<string> {
  const { accountId } = await shop.as("agent", SessionService).getMe({});
  const { conversations } = await shop.as("integration", ConversationService).importConversations({
    conversations: [
      {
        source: "journey",
        sourceNumber: `${shop.shopId}-${number}`,
        channel: "wangwang",
        platform: "direct",
        buyerNick,
        messages: messages.map((text, at) => ({
          messageNumber: `m${at}`,
          side: at % 2 === 0 ? MessageSide.CUSTOMER : MessageSide.SHOP,
          sendTime: timestampFromMs(began + at * 60_000),
          agent: at === 3 ? "Former Fred" : "Desk 1",
          replyTo: at === 4 ? "m1" : "",
          text,
        })),
      },
    ],
    agents: [{ name: "Desk 1", accountId }],
  });
  expect(conversations[0]?.problem).toBe("");
  return conversations[0]?.conversationId ?? "";
}

async function customerOf(shop: Shop, nick: string): Promise<string> {
  const { customers } = await shop.as("agent", CustomerService).findCustomer({
    key: { case: "nick", value: { platform: "direct", nick } },
  });
  return customers[0]?.customerId ?? "";
}

test("A conversation is read from the buyer's timeline by keyboard, page by page", async ({
  logIn,
  say,
  shop,
}, info) => {
  const messages = ["Is it here yet?", "On its way", "Since when?", "Since Monday", "Thanks"];
  for (let at = messages.length; at < 130; at++) messages.push(`Word ${at}`);
  const conversationId = await importChat(shop, { number: "1", buyerNick: "talker1", messages });
  const customerId = await customerOf(shop, "talker1");
  const agent = await logIn("agent");
  const timeline = agent.getByRole("region", { name: say("timeline.title") });
  const entry = timeline.getByRole("link", {
    name: say("timeline.messages", { customer: 65, shop: 65 }),
  });
  // It comes to the timeline with an event.
  await expect(async () => {
    await agent.goto(`/customers/${customerId}`);
    await expect(entry).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });

  await entry.focus();
  await agent.keyboard.press("Enter");
  const drawer = agent.getByRole("dialog");
  const chat = drawer.getByRole("list", { name: say("conversation.messages") });
  const said = (at: number) => chat.getByRole("listitem").nth(at);
  await expect(said(0)).toContainText("talker1");
  await expect(said(0)).toContainText("16:00");
  await expect(said(1)).toContainText(shop.account("agent").displayName);
  await expect(said(3)).toContainText("Former Fred");
  await expect(said(4)).toContainText(say("conversation.answers", { what: "On its way" }));
  await expect(drawer).toContainText(say("conversationChannel.wangwang"));
  const [left, right] = [await said(0).boundingBox(), await said(1).boundingBox()];
  expect(left?.x).toBeLessThan(right?.x ?? 0);
  await agent.screenshot({ path: info.outputPath("conversation.png") });

  await expect(drawer).toContainText(say("conversation.shown", { count: 100, all: 130 }));
  await drawer.getByRole("button", { name: say("common.loadMore") }).click();
  await expect(drawer).toContainText(say("conversation.shown", { count: 130, all: 130 }));
  await expect(chat.getByRole("listitem").last()).toContainText("Word 129");
  await agent.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(entry).toBeFocused();

  // By its address alone, over whatever page.
  await agent.goto(`/orders?conversation=${conversationId}`);
  await expect(chat).toContainText("Since Monday");
  await drawer.getByRole("link", { name: "talker1" }).click();
  await expect(drawer).toBeHidden();
  const list = agent.getByRole("region", { name: say("conversation.listTitle") });
  await expect(list.getByRole("link")).toHaveCount(1);
  await agent.screenshot({ path: info.outputPath("customer.png") });
});

test("A conversation whose buyer the source does not name is found in the list", async ({
  logIn,
  say,
  shop,
}, info) => {
  const messages = ["Anybody here?", "Always"];
  await importChat(shop, { number: "2", buyerNick: "", messages });
  const agent = await logIn("agent");
  await agent.goto("/customers");
  await agent.getByRole("link", { name: say("conversation.listTitle") }).click();
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText(say("conversation.listTitle"));
  const row = agent.locator(".ant-table-row", { hasText: "—" }).first();
  await expect(row).toContainText(shop.account("agent").displayName);
  await agent.screenshot({ path: info.outputPath("conversations.png") });
  await row.getByRole("link").first().click();
  const drawer = agent.getByRole("dialog");
  await expect(drawer).toContainText("Anybody here?");
  await expect(drawer).toContainText(say("conversation.noBuyer"));
});

test("Who may not read what was said sees who spoke when, and finance nothing of it", async ({
  logIn,
  say,
  shop,
}) => {
  const messages = ["A secret", "Kept"];
  const conversationId = await importChat(shop, { number: "3", buyerNick: "talker3", messages });
  const admin = await logIn(shop.account("admin"));
  await admin.goto(`/customers/conversations?conversation=${conversationId}`);
  const drawer = admin.getByRole("dialog");
  await expect(drawer.getByRole("status")).toContainText(say("conversation.notYours"));
  await expect(drawer.getByRole("listitem")).toHaveCount(2);
  await expect(drawer).toContainText(say("conversation.unseen"));
  await expect(drawer).not.toContainText("A secret");

  const finance = await logIn("finance");
  await finance.goto("/customers");
  await expect(finance.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(finance.getByRole("link", { name: say("conversation.listTitle") })).toHaveCount(0);
  await finance.goto(`/customers?conversation=${conversationId}`);
  await expect(finance.getByRole("dialog").getByRole("alert")).toBeVisible();
});

test("What an erased buyer said is shown as gone", async ({ logIn, say, shop }, info) => {
  const messages = ["My address is …", "Noted"];
  const conversationId = await importChat(shop, { number: "4", buyerNick: "talker4", messages });
  const customerId = await customerOf(shop, "talker4");
  await shop.as("admin", PrivacyService).eraseCustomer({
    requestId: `erase:${customerId}`,
    customerId,
    reason: "asked in writing",
  });
  await until(async () => {
    const read = await shop.as("agent", ConversationService).getConversation({ conversationId });
    return read.messages.every((one) => one.text === "");
  });
  const agent = await logIn("agent");
  await agent.goto(`/customers/${customerId}?conversation=${conversationId}`);
  const drawer = agent.getByRole("dialog");
  await expect(drawer.getByRole("status")).toContainText(say("conversation.erased"));
  await expect(drawer.getByRole("listitem").first()).toContainText(say("conversation.gone"));
  await agent.screenshot({ path: info.outputPath("erased.png") });
});
