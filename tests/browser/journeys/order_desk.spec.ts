import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import {
  PrivacyService,
  RevealKind,
} from "@redress/contract/redress/customer/v1/privacy_service_pb";
import { ChangeService } from "@redress/contract/redress/order/v1/change_service_pb";
import { MemoService, MemoStage } from "@redress/contract/redress/order/v1/memo_service_pb";
import { OrderStatus, type Order } from "@redress/contract/redress/order/v1/order_pb";
import { OrderService } from "@redress/contract/redress/order/v1/order_service_pb";
import { expect, test } from "../support/journey.ts";
import type { Shop } from "../support/shop.ts";

// An order of cups for 100 and a plate for 10 that waits to be paid.
async function pushUnpaid(
  shop: Shop,
  nowMs: number,
  orderNumber: string,
  platform = "direct",
  buyerNick = "",
): Promise<Order> {
  const lines: [string, number, bigint][] = [
    ["Cups", 2, 100_00n],
    ["Plate", 1, 10_00n],
  ];
  const { order } = await shop.as("integration", OrderService).pushOrder({
    requestId: `order:${platform}:${orderNumber}`,
    order: {
      platform,
      orderNumber,
      buyerNick,
      status: OrderStatus.WAIT_BUYER_PAY,
      currencyCode: "CNY",
      orderTime: timestampFromMs(nowMs - 3_600_000),
      lines: lines.map(([title, quantity, paidMinor], at) => ({
        lineNumber: String(at + 1),
        sku: title.toUpperCase(),
        title,
        quantity,
        paidMinor,
      })),
    },
  });
  if (!order) throw new Error("no order came back");
  return order;
}

test("An agent writes an order's memo in the shared format and finds what it said in the changes", async ({
  logIn,
  say,
  shop,
}, info) => {
  const order = await shop.pushOrder(33_00n);
  const agent = await logIn("agent");
  await agent.goto(`/orders/${order.orderId}`);
  await expect(agent.getByText(say("memo.none"))).toBeVisible();
  await agent.keyboard.press("m");
  const memo = agent.getByRole("region", { name: say("memo.title") });
  await memo.getByLabel(say("memo.what"), { exact: true }).fill("a|b");
  await expect(memo.getByText(say("memo.separator"))).toBeVisible();
  await memo.getByLabel(say("memo.what"), { exact: true }).fill("M → L");
  await agent.screenshot({ path: info.outputPath("memo_form.png") });
  await memo.getByRole("button", { name: say("common.save") }).click();
  await expect(memo).toContainText("事:M → L");
  await agent.screenshot({ path: info.outputPath("order.png"), fullPage: true });
});

test("What is written of a case's order is its memo, also where a colleague was faster", async ({
  logIn,
  say,
  shop,
}, info) => {
  const one = await shop.openCase(34_00n);
  const { orderId } = one;
  const agent = await logIn("agent");
  await agent.goto(`/workbench/${one.caseNumber}`);
  const memo = agent.getByRole("region", { name: say("memo.title") });
  await expect(memo).toContainText(say("memo.none"));
  await agent.keyboard.press("m");
  const what = memo.getByLabel(say("memo.what"), { exact: true });
  await what.fill("Cracked");

  const memos = shop.as("colleague", MemoService);
  const seen = (await memos.getMemo({ orderId })).memo;
  await memos.writeMemo({
    requestId: `memo:${orderId}`,
    orderId,
    etag: seen?.etag ?? "",
    fields: { stage: MemoStage.PRE_SALE, flag: 2, what: "Gift wrap", who: "Leo", nextStep: "" },
  });
  await memo.getByRole("button", { name: say("common.save") }).click();
  await expect(memo.getByRole("alert")).toContainText(say("tag.changed"));
  await expect(what).toHaveValue("Cracked");
  await agent.screenshot({ path: info.outputPath("case_memo_form.png") });
  await memo.getByRole("button", { name: say("tag.load") }).click();
  await expect(what).toHaveValue("Gift wrap");
  await what.fill("Gift wrap, cracked");
  await memo.getByRole("button", { name: say("common.save") }).click();
  await expect(memo).toContainText("事:Gift wrap, cracked");
  await agent.screenshot({ path: info.outputPath("case_memo.png") });

  await agent.goto(`/orders/${orderId}`);
  await expect(memo).toContainText("事:Gift wrap, cracked");
});

test("Beside an order stands who bought it, and the lists of orders lead to them", async ({
  deployment,
  logIn,
  say,
  shop,
}, info) => {
  const order = await shop.pushOrder(36_00n);
  const { customer } = await shop
    .as("agent", CustomerService)
    .getCustomer({ customerId: order.customerId });
  const nick = customer?.nick ?? "";
  const agent = await logIn("agent");
  await agent.goto(`/orders/${order.orderId}`);
  const buyer = agent.getByRole("region", { name: say("customer.title"), exact: true });
  await expect(buyer).toContainText(nick);
  await expect(buyer).toContainText(say("person.tags"));
  await agent.screenshot({ path: info.outputPath("order_buyer.png") });
  await buyer.getByRole("link", { name: say("person.open") }).click();
  await expect(agent).toHaveURL(new RegExp(`/customers/${order.customerId}$`));

  await pushUnpaid(shop, deployment.nowMs(), `${shop.shopId}-bought`, "direct", nick);
  for (const [path, number] of [
    ["", order.orderNumber],
    ["/unpaid", `${shop.shopId}-bought`],
  ] as const) {
    await agent.goto(`/orders${path}`);
    const link = agent
      .locator(".ant-table-row", { has: agent.getByRole("link", { name: number, exact: true }) })
      .getByRole("link", { name: say("customer.title") });
    await link.focus();
    await expect(agent.getByRole("tooltip").filter({ hasText: nick })).toBeVisible();
    await expect(link).toHaveAttribute("href", `/customers/${order.customerId}`);
  }
});

test("What is wrong with an address is told in the agent's language", async ({
  deployment,
  logIn,
  say,
  shop,
}, info) => {
  const order = await pushUnpaid(shop, deployment.nowMs(), `${shop.shopId}-address`);
  const agent = await logIn("agent");
  await agent.goto(`/orders/${order.orderId}`);
  await agent.getByRole("button", { name: say("orderChange.changeAddress") }).click();
  const form = agent.getByRole("dialog");
  for (const part of ["name", "district", "detail", "province"]) {
    await form.getByLabel(say(`address.${part}`), { exact: true }).fill("Nowhere");
  }
  const phone = form.locator(".ant-form-item", { has: agent.getByLabel(say("address.phone")) });
  await phone.getByRole("textbox").fill("12");
  await form.getByRole("button", { name: say("orderChange.check") }).click();
  await expect(form.getByRole("status")).toContainText(say("addressRefused.phone"));
  await expect(form.getByRole("status")).toContainText(say("addressRefused.province"));
  await form.getByLabel(say("orderChange.reason"), { exact: true }).fill("moved");
  await form.getByRole("button", { name: say("orderChange.changeAddress") }).click();
  await expect(phone).toContainText(say("addressRefused.phone"));
  await agent.screenshot({ path: info.outputPath("address.png") });
});

test("What waits about orders has its tabs", async ({ logIn, say }) => {
  const agent = await logIn("agent");
  for (const [path, title] of [
    ["unpaid", "orderDesk.unpaidTitle"],
    ["stuck", "orderDesk.stuckTitle"],
    ["notices", "orderDesk.noticesTitle"],
    ["products", "product.title"],
  ] as const) {
    await agent.goto(`/orders/${path}`);
    await expect(agent.getByRole("heading", { level: 1 })).toHaveText(say(title));
    await expect(agent.getByRole("alert")).toHaveCount(0);
  }
});

test("A price that a colleague has changed meanwhile is loaded, and stays what they made it", async ({
  deployment,
  logIn,
  say,
  shop,
}) => {
  const { orderId } = await pushUnpaid(shop, deployment.nowMs(), `${shop.shopId}-price`);
  const read = async () => {
    const { order } = await shop
      .as("colleague", OrderService)
      .getOrder({ key: { case: "orderId", value: orderId } });
    if (!order) throw new Error("no order came back");
    return order;
  };
  const agent = await logIn("agent");
  await agent.goto(`/orders/${orderId}`);
  await agent.getByRole("button", { name: say("orderChange.changePrice") }).click();
  const form = agent.getByRole("dialog");
  const cups = form.getByLabel("Cups × 2", { exact: true });
  const plate = form.getByLabel("Plate × 1", { exact: true });
  const save = form.getByRole("button", { name: say("orderChange.changePrice") });
  await plate.fill("9");
  await form.getByLabel(say("orderChange.reason"), { exact: true }).fill("…");

  const seen = await read();
  await shop.as("colleague", ChangeService).changePrice({
    requestId: `price:${orderId}`,
    orderId,
    etag: seen.etag,
    lines: [{ lineId: seen.lines[0]?.lineId ?? "", payableMinor: 80_00n }],
    reason: "…",
  });
  await save.click();
  await expect(form.getByRole("alert")).toContainText(say("tag.changed"));
  await expect(plate).toHaveValue("9");
  await form.getByRole("button", { name: say("tag.load") }).click();
  await expect(cups).toHaveValue("80.00");
  await expect(plate).toHaveValue("10.00");
  await plate.fill("9");
  await save.click();
  await expect(form).toBeHidden();
  expect((await read()).lines.map((line) => line.paid?.minorUnits)).toEqual([80_00n, 9_00n]);
});

test("An order is found by its number on any platform; where several have it, one is chosen", async ({
  deployment,
  logIn,
  say,
  shop,
}) => {
  const number = `${shop.shopId}-found`;
  await pushUnpaid(shop, deployment.nowMs(), number, "taobao");
  const agent = await logIn("agent");
  const find = async () => {
    await agent.goto("/orders");
    await expect(agent.getByRole("cell", { name: number }).first()).toBeVisible();
    await agent.getByLabel(say("order.number")).fill(number);
    await agent.keyboard.press("Enter");
  };
  await find();
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText(number);

  const { orderId } = await pushUnpaid(shop, deployment.nowMs(), number, "pinduoduo");
  await find();
  const choice = agent.getByRole("status").filter({ hasText: say("order.several", { number }) });
  await expect(choice.getByRole("link")).toHaveCount(2);
  await choice.getByRole("link", { name: "pinduoduo" }).click();
  await expect(agent).toHaveURL(new RegExp(`/orders/${orderId}$`));

  await agent.goto("/orders");
  await agent.getByLabel(say("order.number")).fill(`${number}-`);
  await agent.keyboard.press("Enter");
  await expect(agent.getByText(say("order.notFound", { number: `${number}-` }))).toBeVisible();
});

test("An order's receiver is masked until an agent says why, and the reveal is recorded", async ({
  logIn,
  say,
  shop,
}) => {
  const phone = "13800138000";
  const { orderId } = await shop.pushOrder(35_00n);
  const agent = await logIn("agent");
  await agent.goto(`/orders/${orderId}`);
  const receiver = agent.getByRole("region", { name: say("order.receiver") });
  await expect(receiver).toContainText("*");
  await expect(receiver).not.toContainText(phone);
  await receiver.getByRole("button", { name: say("customer.reveal") }).click();
  await receiver.getByLabel(say("customer.revealReason")).fill(say("reasonCode.damaged"));
  await agent.keyboard.press("Enter");
  await expect(receiver).toContainText(phone);
  await expect(receiver.getByRole("status")).toContainText(say("customer.revealed"));
  const { reveals } = await shop.as("supervisor", PrivacyService).listReveals({});
  expect(reveals[0]).toMatchObject({ kind: RevealKind.RECEIVER, orderId });
  await receiver.getByRole("button", { name: say("customer.hide") }).click();
  await expect(receiver).not.toContainText(phone);

  const finance = await logIn("finance");
  await finance.goto(`/orders/${orderId}`);
  await expect(finance.getByRole("region", { name: say("order.receiver") })).toContainText("*");
  await expect(finance.getByRole("button", { name: say("customer.reveal") })).toHaveCount(0);
});
