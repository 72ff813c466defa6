import {
  PrivacyService,
  RevealKind,
} from "@redress/contract/redress/customer/v1/privacy_service_pb";
import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/journey.ts";

// Another order's number may begin with this one's.
function rowOf(page: Page, { orderNumber }: Order): Locator {
  return page.locator(".ant-table-row", { hasText: new RegExp(`${orderNumber}(?!\\d)`) });
}

test("A warehouse sees a changed address, reveals it on record and says that it knows", async ({
  logIn,
  say,
  shop,
}, info) => {
  const order = await shop.pushUnshipped();
  await shop.changeAddress(order, "王五");
  const page = await logIn("warehouse");
  const tab = page.getByRole("tab", { name: say("changedAddress.title") });
  await tab.focus();
  await page.keyboard.press("Enter");
  const row = rowOf(page, order);
  await expect(row).toContainText("138****8001");
  await expect(row).not.toContainText("13800138001");
  await expect(row).toContainText(say("orderStatus.ORDER_STATUS_WAIT_SELLER_SEND_GOODS"));

  await row.getByRole("button", { name: say("customer.reveal") }).click();
  await row.getByLabel(say("customer.revealReason")).fill("…");
  await page.keyboard.press("Enter");
  await expect(row.getByText(say("form.tooShort", { count: 2 }))).toBeVisible();
  await row.getByLabel(say("customer.revealReason")).fill("打包");
  await page.keyboard.press("Enter");
  await expect(row).toContainText("13800138001");
  await page.screenshot({ path: info.outputPath("changed_addresses.png") });
  const { reveals } = await shop.as("supervisor", PrivacyService).listReveals({});
  expect(reveals.find((one) => one.orderId === order.orderId)).toMatchObject({
    kind: RevealKind.RECEIVER,
    reason: "打包",
  });

  await row.getByRole("button", { name: order.orderNumber }).click();
  await expect(row).toBeHidden();
  const pane = page.getByRole("tabpanel", { name: say("changedAddress.title") });
  await pane.getByText(say("common.all"), { exact: true }).click();
  await expect(row).toContainText(
    say("changedAddress.acknowledgedBy", { name: shop.account("warehouse").displayName }),
  );
});

test("A newer address that a warehouse has not seen stays to be acknowledged", async ({
  logIn,
  say,
  shop,
}) => {
  const order = await shop.pushUnshipped();
  await shop.changeAddress(order, "王五");
  const page = await logIn("warehouse");
  await page.getByRole("tab", { name: say("changedAddress.title") }).click();
  const rows = rowOf(page, order);
  await expect(rows).toHaveCount(1);
  await shop.changeAddress(order, "赵六");
  // The newest stands first, once it has come.
  await rows.last().getByRole("button", { name: order.orderNumber }).click();
  await expect(
    page.getByText(say("changedAddress.acknowledged", { number: order.orderNumber })),
  ).toBeVisible();
  await expect(rows).toContainText("赵*");
  await rows.getByRole("button", { name: order.orderNumber }).click();
  await expect(rows).toHaveCount(0);
});

test("An order says whether its warehouse knows of the changed receiver", async ({
  logIn,
  say,
  shop,
}, info) => {
  const order = await shop.pushUnshipped();
  const agent = await logIn("agent");
  await agent.goto(`/orders/${order.orderId}`);
  const receiver = agent.getByRole("region", { name: say("order.receiver") });
  await expect(receiver).toBeVisible();
  await expect(receiver.getByText(say("orderChange.changedAt"))).toHaveCount(0);
  await shop.changeAddress(order, "王五");
  await agent.reload();
  await expect(receiver).toContainText(say("orderChange.unknown"));
  await agent.screenshot({ path: info.outputPath("not_acknowledged.png"), fullPage: true });

  const warehouse = await logIn("warehouse");
  await warehouse.getByRole("tab", { name: say("changedAddress.title") }).click();
  await rowOf(warehouse, order).getByRole("button", { name: order.orderNumber }).click();
  await expect(
    warehouse.getByText(say("changedAddress.acknowledged", { number: order.orderNumber })),
  ).toBeVisible();
  await agent.reload();
  await expect(receiver).toContainText(shop.account("warehouse").displayName);
  await expect(receiver.getByText(say("orderChange.unknown"))).toHaveCount(0);
  await agent.screenshot({ path: info.outputPath("acknowledged.png"), fullPage: true });
});
