import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import { OrderStatus, type Order } from "@redress/contract/redress/order/v1/order_pb";
import { OrderService } from "@redress/contract/redress/order/v1/order_service_pb";
import { casePane, expect, test } from "../support/journey.ts";
import type { Shop } from "../support/shop.ts";

const holder = { sku: "85123A", title: "WHITE HANGING HEART T-LIGHT HOLDER" };
const unknown = { sku: "NOT-SOLD-HERE", title: "Gift card" };

// A paid order of what the shop sells, and of something that nobody knows.
async function pushOrder(shop: Shop, nowMs: number): Promise<Order> {
  const { order } = await shop.as("integration", OrderService).pushOrder({
    requestId: `order:products:${shop.shopId}`,
    order: {
      platform: "direct",
      orderNumber: `${shop.shopId}-products`,
      buyerNick: `reader-${shop.shopId}`,
      status: OrderStatus.TRADE_FINISHED,
      currencyCode: "CNY",
      orderTime: timestampFromMs(nowMs - 3_600_000),
      payTime: timestampFromMs(nowMs - 3_600_000),
      lines: [holder, unknown].map((goods, at) => ({
        ...goods,
        lineNumber: String(at + 1),
        quantity: 1,
        paidMinor: 29_50n,
      })),
    },
  });
  if (!order) throw new Error("no order came back");
  return order;
}

test("An agent finds products, compares them, and is told what could take one's place and why", async ({
  logIn,
  say,
  shop,
}, info) => {
  await shop.importProducts();
  const agent = await logIn("agent");
  await agent.goto("/orders/products");
  await agent.keyboard.press("f");
  await agent.getByLabel(say("product.search")).fill("hanging heart");
  await agent.keyboard.press("Enter");
  const rows = agent.getByRole("row").filter({ hasText: "HANGING HEART" });
  await expect(rows.filter({ hasText: holder.title })).toHaveCount(1);
  await rows.nth(0).getByRole("checkbox").check();
  await rows.nth(1).getByRole("checkbox").check();
  await agent.screenshot({ path: info.outputPath("found.png") });

  await agent.getByRole("button", { name: say("product.compare", { count: 2 }) }).click();
  const comparison = agent.getByRole("dialog");
  await expect(comparison.getByRole("row").filter({ hasText: say("product.price") })).toBeVisible();
  await expect(comparison.getByRole("row").filter({ hasText: say("product.stock") })).toBeVisible();
  await agent.screenshot({ path: info.outputPath("compared.png") });
  await agent.keyboard.press("Escape");
  await expect(comparison).toBeHidden();

  await agent.getByRole("button", { name: holder.title }).click();
  const pane = agent.getByRole("dialog");
  const recommended = pane.getByRole("region", { name: say("product.recommended") });
  const first = recommended.getByRole("listitem").first();
  await expect(first).toContainText(say("product.sameCategory"));
  await expect(first).toContainText("HANGING HEART");
  await expect(first).toContainText("design:heart");
  await agent.screenshot({ path: info.outputPath("recommended.png") });
  await recommended.getByText(say("product.matching"), { exact: true }).click();
  await expect(recommended.getByRole("listitem").first()).toContainText(
    say("product.together", { count: "#", seen: "#" }).split("#")[0] ?? "",
  );
  await agent.screenshot({ path: info.outputPath("matching.png") });

  const other = recommended.getByRole("listitem").first().getByRole("button");
  const title = (await other.textContent()) ?? "";
  await other.click();
  await expect(pane.locator(".ant-drawer-title")).toHaveText(title);
});

test("From an order's line and from a case one is led to the product, where the shop knows it", async ({
  deployment,
  logIn,
  say,
  shop,
}, info) => {
  await shop.importProducts();
  const order = await pushOrder(shop, deployment.nowMs());
  const agent = await logIn("agent");
  await agent.goto(`/orders/${order.orderId}`);
  await expect(agent.getByText(unknown.sku)).toBeVisible();
  await agent.getByRole("link", { name: holder.sku }).click();
  const pane = agent.getByRole("dialog");
  await expect(pane).toContainText(holder.title);
  await expect(pane.getByText(say("product.category"), { exact: true })).toBeVisible();
  await agent.screenshot({ path: info.outputPath("from_order.png") });
  await agent.goBack();
  await expect(agent.getByRole("link", { name: holder.sku })).toBeVisible();
  await expect(agent.getByRole("link", { name: unknown.sku })).toHaveCount(0);

  const opened = await shop.as("agent", CaseService).openRefund({
    requestId: `open:products:${order.orderId}`,
    orderId: order.orderId,
    lineId: order.lines[0]?.lineId ?? "",
    quantity: 1,
    amountAsked: { currencyCode: "CNY", minorUnits: 5_00n },
    variant: RefundVariant.REFUND_ONLY,
    reason: "damaged",
    text: "…",
  });
  await agent.goto(`/workbench/${opened.case?.caseNumber ?? 0}`);
  await casePane(agent).getByRole("link", { name: holder.title }).first().click();
  await expect(agent.getByRole("dialog")).toContainText(holder.sku);
});
