// What Kuaidi100 posts to a shop's callback.
import { createHash } from "node:crypto";

import { beforeAll, describe, expect, test } from "vitest";

import { until } from "../../support/web/deployment.ts";
import { accessToken, bearer, createShop, deployment, post, type Shop } from "./shop.ts";

const SALT = "a salt of the shop";
const NUMBER = "YT9693083639795";

let shop: Shop;
let token: string;
let orderId: string;

async function call(path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await post(`/redress.order.v1.${path}`, body, bearer(shop, token));
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

beforeAll(async () => {
  shop = await createShop();
  token = await accessToken(shop);
  await until(async () => {
    const answer = await post("/redress.order.v1.OrderService/ListOrders", {}, bearer(shop, token));
    return answer.status === 200;
  });
  const paidAt = new Date(Date.now() - 7_200_000).toISOString();
  const pushed = await call("OrderService/PushOrder", {
    requestId: "order:carriers",
    order: {
      platform: "taobao",
      orderNumber: "9007199254740995",
      status: "ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS",
      currencyCode: "CNY",
      orderTime: paidAt,
      payTime: paidAt,
      lines: [{ lineNumber: "1", title: "Cup", quantity: 1, unitPrice: "100.00" }],
      shipments: [{ carrier: "yuantong", trackingNumber: NUMBER, shipTime: paidAt }],
    },
  });
  orderId = (pushed["order"] as { orderId: string }).orderId;
  await call("RulesService/SetCarrierSalt", { requestId: "salt", salt: SALT });
});

function paramOf(number: string): string {
  return JSON.stringify({
    status: "polling",
    lastResult: {
      nu: number,
      com: "yuantong",
      state: "3",
      ischeck: "1",
      data: [
        { time: "2026-10-02 09:30:00", context: "已签收", status: "签收" },
        { time: "2026-10-01 18:00:00", context: "已揽收", status: "揽收" },
      ],
    },
  });
}

function signed(param: string, salt = SALT): string {
  const sign = createHash("md5")
    .update(param + salt)
    .digest("hex")
    .toUpperCase();
  return new URLSearchParams({ param, sign }).toString();
}

async function postForm(
  form: string,
  to: string = shop.shopId,
  type = "application/x-www-form-urlencoded",
): Promise<Response> {
  return fetch(`${deployment.url}/carriers/kuaidi100/${to}`, {
    method: "POST",
    headers: { "content-type": type },
    body: form,
  });
}

describe("Kuaidi100", () => {
  test("IsTakenAtItsSignatureAsOftenAsItPosts", async () => {
    for (let i = 0; i < 2; ++i) {
      const response = await postForm(signed(paramOf(NUMBER)));
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ result: true, returnCode: "200" });
    }
    const listed = await call("ParcelService/ListTracks", { orderId });
    expect(listed["tracks"]).toMatchObject([
      { trackingNumber: NUMBER, text: "已签收" },
      { trackingNumber: NUMBER, text: "已揽收" },
    ]);
  });

  test("IsAskedToPostAParcelAgainThatIsNotKnownYet", async () => {
    const response = await postForm(signed(paramOf("SF0000000000001")));
    expect(await response.json()).toMatchObject({ result: false, returnCode: "404" });
  });

  test.each([
    ["another salt", () => signed(paramOf(NUMBER), "another salt of theirs"), "403"],
    ["no sign", () => new URLSearchParams({ param: paramOf(NUMBER) }).toString(), "400"],
    ["no push", () => signed("{}"), "400"],
  ])("IsNotBelievedWith %s", async (_what, form, returnCode) => {
    const response = await postForm(form());
    expect(await response.json()).toMatchObject({ result: false, returnCode });
  });

  test("ReachesTheShopOfTheAddressOnly", async () => {
    const other = await createShop();
    const response = await postForm(signed(paramOf(NUMBER)), other.shopId);
    expect(await response.json()).toMatchObject({ result: false, returnCode: "403" });
    expect((await postForm(signed(paramOf(NUMBER)), "0x1")).status).toBe(404);
  });

  test("PostsForms", async () => {
    const response = await postForm(paramOf(NUMBER), shop.shopId, "application/json");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ result: false, returnCode: "400" });
  });
});
