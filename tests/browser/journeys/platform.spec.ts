import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { PlatformService } from "@redress/contract/redress/aftersales/v1/platform_service_pb";
import { OrderStatus } from "@redress/contract/redress/order/v1/order_pb";
import { OrderService } from "@redress/contract/redress/order/v1/order_service_pb";
import { expect, expectState, test } from "../support/journey.ts";
import type { Shop } from "../support/shop.ts";

// Ids beyond what a number of JavaScript holds, one of each kind a shop.
const idsOf = (shop: Shop) => ({
  refund: `90071992547409${shop.shopId.padStart(4, "0")}`,
  order: `80071992547409${shop.shopId.padStart(4, "0")}`,
});

async function push(shop: Shop, second: number, more: string): Promise<void> {
  const { refund, order } = idsOf(shop);
  await shop.as("integration", PlatformService).pushRefunds({
    platform: "taobao",
    bodies: [
      `{"refund_id":${refund},"tid":${order},"num":1,"refund_fee":"12.30",` +
        `"modified":"2024-05-06 08:00:0${second}",${more}}`,
    ],
  });
}

async function pushOrder(shop: Shop): Promise<void> {
  const { order } = idsOf(shop);
  const paidAt = timestampFromMs(Date.now() - 3_600_000);
  await shop.as("integration", OrderService).pushOrder({
    requestId: `order:${order}:${Date.now()}`,
    order: {
      platform: "taobao",
      orderNumber: order,
      status: OrderStatus.TRADE_FINISHED,
      currencyCode: "CNY",
      orderTime: paidAt,
      payTime: paidAt,
      lines: [{ lineNumber: order, title: "Tea", quantity: 1, unitPrice: "12.30" }],
    },
  });
}

test("A refund of the platform waits for its order, then its case follows", async ({
  logIn,
  say,
  shop,
}) => {
  await push(shop, 1, `"status":"WAIT_SELLER_AGREE","brand_new_field":1`);
  const supervisor = await logIn("supervisor");
  await supervisor.keyboard.press("g");
  await supervisor.keyboard.press("p");
  await expect(supervisor).toHaveURL(/\/platform$/);
  await expect(supervisor.getByRole("heading", { level: 1 })).toHaveText(say("platform.title"));
  const row = supervisor.locator(".ant-table-row", { hasText: idsOf(shop).refund }).first();
  await expect(row).toContainText(say("platformAttention.ORDER_UNKNOWN"));
  await expect(row).toContainText(say("platformStatus.WAIT_SELLER_AGREE"));
  const unmapped = supervisor.getByRole("region", { name: say("platform.unmapped") });
  await expect(unmapped).toContainText("brand_new_field");

  await pushOrder(shop);
  await push(shop, 2, `"status":"SUCCESS"`);
  // By keyboard: d shows all of them, where this one is no difference any more.
  await supervisor.keyboard.press("d");
  await expect(row).toContainText(say("state.FollowingUp"));
  await expect(row).not.toContainText(say("platformAttention.ORDER_UNKNOWN"));
  await row.getByRole("link").click();
  await expectState(supervisor, say, "FollowingUp");
});

test("A bad rating of the platform has a review case", async ({ logIn, say, shop }) => {
  const { order } = idsOf(shop);
  await pushOrder(shop);
  await shop.as("integration", PlatformService).pushRatings({
    platform: "taobao",
    bodies: [`{"tid":${order},"result":"bad","content":"坏了","created":"2024-05-06 08:00:00"}`],
  });
  const agent = await logIn("agent");
  await agent.goto("/platform");
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText(say("platform.title"));
  // By keyboard: k shows the ratings, d all of them.
  await agent.keyboard.press("k");
  await expect(agent.getByText(say("rating.noneDiffer"))).toBeVisible();
  await agent.keyboard.press("d");
  const row = agent.locator(".ant-table-row", { hasText: order }).first();
  await expect(row).toContainText(say("platformRating.bad"));
  await expect(row).toContainText(say("state.Detected"));
  await agent.screenshot({ path: test.info().outputPath("ratings.png") });
  await row.getByRole("link").click();
  await expectState(agent, say, "Detected");
});

test("Agents see differences and no unmapped fields", async ({ logIn, say }) => {
  const agent = await logIn("agent");
  await agent.goto("/platform");
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText(say("platform.title"));
  await expect(agent.getByRole("heading", { name: say("platform.unmapped") })).toHaveCount(0);
});
