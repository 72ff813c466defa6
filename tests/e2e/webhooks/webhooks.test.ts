// A shop's systems hear of its cases: set up by the command line, sent by a real deployment to a stock
// receiver that checks every signature, through receivers that refuse and processes that die.
import { existsSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

import { RefundVariant, type Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { ChangeService } from "@redress/contract/redress/order/v1/change_service_pb";
import { ReceiverService } from "@redress/contract/redress/order/v1/receiver_service_pb";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";

import { Shop } from "../../browser/support/shop.ts";
import { Deployment, until } from "../../support/web/deployment.ts";
import { Receiver } from "./receiver.ts";

const deployment = Deployment.at(inject("state"));
const lease_s = 60;
const day_s = 86_400;

interface Delivery {
  delivery_id: string;
  event_type: string;
  state: string;
  attempts: number;
  status: number;
}

let shop: Shop;
let receiver: Receiver;
let webhookId: string;
let lost = 0;

// The command line as the shop's admin; one object for each line that it prints.
async function redress(...args: string[]): Promise<Record<string, never>[]> {
  const printed = await deployment.redress([
    ...["--json", "--as", "webhooks", "--shop", shop.shopId],
    ...args,
  ]);
  return printed
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, never>);
}

async function logIn(): Promise<void> {
  const { accountName, password } = shop.account("admin");
  await deployment.redress(
    ["--as", "webhooks", "--shop", shop.shopId, "log-in"].concat([
      ...["--account", accountName, "--password-stdin"],
    ]),
    password,
  );
}

async function deliveries(command = "deliveries"): Promise<Delivery[]> {
  const pages = await redress("webhook", command, webhookId, "--limit", "200", "--all");
  return pages.flatMap((page) => (page as { deliveries?: Delivery[] }).deliveries ?? []);
}

async function stepsOf(caseId: string): Promise<string[]> {
  const { steps } = await shop.as("agent", CaseService).listSteps({ caseId });
  return steps.map((step) => `refund.${step.event}`);
}

// Once more while the service is not back.
async function insist<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  let answer: Answer | undefined;
  await until(async () => {
    answer = await work().catch(() => undefined);
    return answer !== undefined;
  });
  if (answer === undefined) throw new Error("it never worked");
  return answer;
}

// Every step of the case is told, whatever it takes.
async function untilHeard({ caseId }: Case): Promise<void> {
  const steps = await insist(() => stepsOf(caseId));
  const missing = () => {
    const heard = receiver.typesOf(caseId);
    return steps.filter((step) => !heard.includes(step));
  };
  await until(() => missing().length === 0).catch(() => undefined);
  lost += missing().length;
  expect(missing(), "steps that nobody was told of").toEqual([]);
}

beforeAll(async () => {
  receiver = await Receiver.listen(() => deployment.nowMs());
  shop = await Shop.open(deployment, "en");
  await logIn();
  const [made] = (await redress(
    ...["webhook", "create", "--title", "Warehouse", "--url", receiver.url],
    ...["--event-types", "refund.*", "--event-types", "warehouse_task.*"],
    ...["--event-types", "order.*"],
  )) as unknown as [{ webhook: { webhook_id: string }; secret: string }];
  webhookId = made.webhook.webhook_id;
  receiver.secret = made.secret;
});

afterEach(() => {
  receiver.status = 200;
});

afterAll(async () => {
  console.log(`figure webhook_deliveries_lost ${lost}`);
  await receiver.close();
});

// The receiver hears of an event before it is recorded that it did.
async function untilAllDelivered(): Promise<void> {
  await until(async () =>
    (await deliveries()).every(({ state }) => state === "WEBHOOK_DELIVERY_STATE_DELIVERED"),
  );
}

describe("Webhook", () => {
  test("TellsOfACaseFromItsOpeningToItsEnd", async () => {
    const one = await shop.openCase(8_00n);
    await shop.complete(one);
    await untilHeard(one);
    expect(receiver.typesOf(one.caseId)).toEqual(await stepsOf(one.caseId));
    const goods = await shop.openCase(8_00n, RefundVariant.RETURN_AND_REFUND);
    await shop.returnParcel(goods);
    await untilHeard(goods);
    await until(() => receiver.typesOf(goods.caseId).includes("warehouse_task.queued"));
    expect(receiver.strange).toEqual([]);
    const bodies = JSON.stringify([...receiver.heard.values()]);
    expect(bodies).not.toMatch(/13800138000|Wenyi|Xiaoming|Both cups arrived broken/);
    await untilAllDelivered();
  });

  test("TellsAWarehouseOfAChangedReceiverWhichItReadsAndAcknowledges", async () => {
    const { orderId, orderNumber } = await shop.pushUnshipped();
    await shop.changeAddress({ orderId }, "Wang Wu");
    const id = `order-${orderId}-receiver-1`;
    await until(() => receiver.heard.has(id));
    const heard = receiver.heard.get(id);
    expect(heard).toMatchObject({
      type: "order.receiver_changed",
      subject: `orders/${orderId}`,
      data: { order_id: orderId, order_number: orderNumber, receiver_version: 1 },
    });
    expect(JSON.stringify(heard)).not.toMatch(/Wang Wu|13800138001|文三路/);

    const changes = shop.as("warehouse", ChangeService);
    const unknown = async () =>
      (await changes.listAddressChanges({ unacknowledgedOnly: true })).changes.filter(
        (one) => one.orderId === orderId,
      );
    const [change] = await unknown();
    expect(change).toMatchObject({ orderNumber, receiverVersion: 1 });
    expect(change?.maskedReceiver?.phone).toBe("138****8001");
    const reveal = (reason: string) =>
      shop
        .as("warehouse", ReceiverService)
        .revealReceiver({ requestId: `reveal:${orderId}:${reason}`, orderId, reason });
    expect((await reveal("packing")).receiver).toMatchObject({
      name: "Wang Wu",
      phone: "13800138001",
    });
    const acknowledge = (receiverVersion: number) =>
      changes.acknowledgeAddressChange({
        requestId: `known:${orderId}:${receiverVersion}`,
        orderId,
        receiverVersion,
      });
    await expect(acknowledge(2)).rejects.toThrow(/read the receiver/);
    expect((await acknowledge(1)).change?.acknowledgedById).not.toBe("");
    expect(await unknown()).toEqual([]);

    await redress("order", "address", "changed", "--unacknowledged");
    await shop.changeAddress({ orderId }, "Zhao Liu");
    await until(() => receiver.heard.has(`order-${orderId}-receiver-2`));
    expect((await unknown()).map((one) => one.receiverVersion)).toEqual([2]);
    expect(receiver.heard.get(id)?.times).toBe(1);
    expect(receiver.strange).toEqual([]);
  });

  test("ShowsWarehousesTheReceiversOfOrdersToBeShippedOnly", async () => {
    const shipped = await shop.pushOrder(8_00n);
    await expect(
      shop.as("warehouse", ReceiverService).revealReceiver({
        requestId: `reveal:${shipped.orderId}`,
        orderId: shipped.orderId,
        reason: "packing",
      }),
    ).rejects.toThrow(/does not wait to be shipped/);
  });

  test("IsTestedByTheCommandLine", async () => {
    const [{ delivery }] = (await redress("webhook", "test", webhookId)) as unknown as [
      { delivery: Delivery },
    ];
    expect([delivery.state, delivery.status]).toEqual(["WEBHOOK_DELIVERY_STATE_DELIVERED", 200]);
  });

  test("IsSignedWithTheNewSecretAndTheOldOneForAWhile", async () => {
    const old = receiver.secret;
    const [rotated] = (await redress(
      ...["webhook", "rotate-secret", webhookId, "--overlap-hours", "1"],
    )) as unknown as [{ secret: string }];
    const one = await shop.openCase(8_00n);
    await untilHeard(one);
    expect(receiver.secret).toBe(old);
    receiver.secret = rotated.secret;
    const other = await shop.openCase(8_00n);
    await untilHeard(other);
    expect(receiver.strange).toEqual([]);
  });

  test("LosesNothingAndRepeatsNothingRecordedThoughItsProcessDies", async () => {
    const points = ["with_webhook_claimed", "after_post_before_record", "after_webhook_record"];
    const armed = path.join(deployment.state, "crash_point");
    for (const point of points) {
      writeFileSync(`${armed}.new`, `aftersales:${point}`);
      renameSync(`${armed}.new`, armed);
      const one = await insist(() => shop.openCase(8_00n));
      const id = `${one.caseId}-1`;
      // The process takes the file away as it dies there, and nobody else does.
      await until(() => !existsSync(armed));
      if (point !== "with_webhook_claimed") await until(() => receiver.heard.has(id));
      // Its successor finds the lease and waits until it has run out.
      await insist(() => deliveries());
      await deployment.advance(lease_s + 1);
      await untilHeard(one);
      await untilAllDelivered();
      if (point === "after_webhook_record") {
        await deployment.advance(lease_s + 1);
        await shop.openCase(8_00n).then(untilHeard);
        expect(receiver.heard.get(id)?.times, point).toBe(1);
      }
    }
    expect(receiver.strange).toEqual([]);
  });

  test("KeepsDeadLettersAndSendsThemAgain", async () => {
    receiver.status = 503;
    const one = await shop.openCase(8_00n);
    await until(async () => (await deliveries()).some(({ status }) => status === 503));
    expect(receiver.heard.has(`${one.caseId}-1`)).toBe(false);
    await deployment.advance(4 * day_s);
    await logIn();
    await until(async () => (await deliveries("dead-letters")).length > 0);
    const [shown] = (await redress("webhook", "show", webhookId)) as unknown as [
      { webhook: { dead_letters: number; version: number; state: string } },
    ];
    expect(shown.webhook.dead_letters).toBe((await deliveries("dead-letters")).length);
    receiver.status = 200;
    await redress("webhook", "resume", webhookId);
    await redress("webhook", "replay-all", webhookId);
    // What failed less long ago is not due yet.
    await deployment.advance(3600);
    await untilHeard(one);
    await until(async () => (await deliveries("dead-letters")).length === 0);
  });

  test("IsForgottenWhenItIsDeleted", async () => {
    await untilAllDelivered();
    await redress("webhook", "delete", webhookId);
    const before = receiver.heard.size;
    const one = await shop.openCase(8_00n);
    await expect(redress("webhook", "show", webhookId)).rejects.toThrow(/WEBHOOK_NOT_FOUND/);
    await until(
      async () =>
        (await deployment.rows("redress_aftersales", "SELECT webhook_id FROM webhooks")).length ===
        0,
    );
    expect(receiver.heard.size).toBe(before);
    expect(receiver.typesOf(one.caseId)).toEqual([]);
  });
});
