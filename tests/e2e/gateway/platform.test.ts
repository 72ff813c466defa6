// A shop's sync pushes what the platform gave it, as JSON over HTTP.
import { beforeAll, expect, test } from "vitest";

import { until } from "../../support/web/deployment.ts";
import { accessToken, bearer, createShop, post, type Shop } from "./shop.ts";

const aftersales = "/redress.aftersales.v1.PlatformService";
const order = "9007199254740995";
const refund = "9007199254740993";

let shop: Shop;
let token: string;
beforeAll(async () => {
  shop = await createShop();
  token = await accessToken(shop);
});

async function call(path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await post(path, body, bearer(shop, token));
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

async function pushOrder(): Promise<void> {
  const paidAt = new Date(Date.now() - 7_200_000).toISOString();
  await call("/redress.order.v1.OrderService/PushOrder", {
    requestId: `order:${order}`,
    order: {
      platform: "taobao",
      orderNumber: order,
      status: "ORDER_STATUS_TRADE_FINISHED",
      currencyCode: "CNY",
      orderTime: paidAt,
      payTime: paidAt,
      lines: [{ lineNumber: order, title: "Cup", quantity: 1, unitPrice: "100.00" }],
    },
  });
}

interface Listed {
  refundId: string;
  caseState?: string;
  attention?: string;
}

async function heard(): Promise<Listed | undefined> {
  const { refunds } = (await call(`${aftersales}/ListPlatformRefunds`, {})) as {
    refunds?: Listed[];
  };
  return refunds?.find((one) => one.refundId === refund);
}

test("PushesOfTheOrderAndItsRefundDriveACaseToItsEnd", async () => {
  await until(async () => {
    const answer = await post("/redress.order.v1.OrderService/ListOrders", {}, bearer(shop, token));
    return answer.status === 200;
  });
  await pushOrder();
  const object = (second: number, status: string) =>
    `{"refund_id":${refund},"tid":${order},"oid":"${order}","num":1,"refund_fee":"40.00",` +
    `"status":"${status}","modified":"2024-05-06 08:00:0${second}"}`;
  const pushed = await call(`${aftersales}/PushRefunds`, {
    platform: "taobao",
    bodies: [`{"refund_get_response":{"refund":${object(2, "SUCCESS")}}}`, "[1]"],
  });
  const results = pushed["results"] as { refundId?: string; outcome: string; problem?: string }[];
  expect(results[0]).toMatchObject({ refundId: refund, outcome: "PUSH_OUTCOME_NEW" });
  expect(results[1]?.outcome).toBe("PUSH_OUTCOME_REFUSED");
  await until(async () => (await heard())?.caseState === "FollowingUp");
  // What comes late is older.
  const late = await call(`${aftersales}/PushRefunds`, {
    platform: "taobao",
    bodies: [object(1, "WAIT_SELLER_AGREE")],
  });
  expect(late["results"]).toMatchObject([{ outcome: "PUSH_OUTCOME_NOTHING_NEW" }]);
  expect((await heard())?.attention ?? "").toBe("");
});
