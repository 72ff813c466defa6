import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { OrderStatus } from "@redress/contract/redress/order/v1/order_pb";
import { OrderService } from "@redress/contract/redress/order/v1/order_service_pb";
import {
  ReminderChannel,
  ReminderService,
} from "@redress/contract/redress/order/v1/reminder_service_pb";
import { expect, test } from "../support/journey.ts";
import type { RoleName, Shop } from "../support/shop.ts";

async function push(
  shop: Shop,
  nowMs: number,
  orderNumber: string,
  status: OrderStatus,
): Promise<string> {
  const { order } = await shop.as("integration", OrderService).pushOrder({
    requestId: `order:${orderNumber}:${String(status)}`,
    order: {
      platform: "direct",
      orderNumber,
      status,
      currencyCode: "CNY",
      orderTime: timestampFromMs(nowMs - 3_600_000),
      ...(status !== OrderStatus.WAIT_BUYER_PAY && { payTime: timestampFromMs(nowMs) }),
      lines: [{ lineNumber: "1", sku: "CUP", title: "Cups", quantity: 1, paidMinor: 80_00n }],
    },
  });
  if (!order) throw new Error("no order came back");
  return order.orderId;
}

test("A supervisor sees what the reminders of chosen days brought, by agent", async ({
  deployment,
  logIn,
  say,
  shop,
}, info) => {
  const remind = async (who: RoleName, number: string) => {
    const orderNumber = `${shop.shopId}-${number}`;
    const orderId = await push(shop, deployment.nowMs(), orderNumber, OrderStatus.WAIT_BUYER_PAY);
    await shop.as(who, ReminderService).recordReminder({
      requestId: `remind:${orderId}`,
      orderId,
      channel: ReminderChannel.CHAT,
    });
    return orderNumber;
  };
  const paid = await remind("agent", "sum1");
  await remind("agent", "sum2");
  await remind("colleague", "sum3");
  await push(shop, deployment.nowMs(), paid, OrderStatus.WAIT_SELLER_SEND_GOODS);

  const page = await logIn("supervisor");
  await page.goto("/orders/unpaid");
  await page.locator(".ant-segmented").getByText(say("orderDesk.sent"), { exact: true }).click();
  const sums = page.getByRole("region", { name: say("reminderSum.title") });
  await sums.getByRole("button", { name: say("figures.today") }).click();
  const rowOf = (name: string) => sums.locator(".ant-table-row", { hasText: name });
  await expect(rowOf(shop.account("agent").displayName)).toContainText("50.0%");
  await expect(rowOf(shop.account("agent").displayName)).toContainText("80.00");
  await expect(rowOf(shop.account("colleague").displayName)).toContainText("0.0%");
  await expect(rowOf(say("reminderSum.total"))).toContainText("33.3%");
  await page.screenshot({ path: info.outputPath("reminder_sums.png") });

  const agent = await logIn("agent");
  await agent.goto("/orders/unpaid");
  await agent.locator(".ant-segmented").getByText(say("orderDesk.sent"), { exact: true }).click();
  await expect(agent.locator(".ant-table-row").first()).toBeVisible();
  await expect(agent.getByRole("region", { name: say("reminderSum.title") })).toHaveCount(0);
});
