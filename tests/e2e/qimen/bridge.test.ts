// Warehouse work through the bridge, each time to where the case needs it: messages come again,
// late, out of order and wrong, and the bridge is killed in between.
import { readFileSync } from "node:fs";
import path from "node:path";

import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { RefundVariant, type Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { ConvertToRefundSchema } from "@redress/contract/redress/aftersales/v1/refund_events_pb";
import {
  InterceptOutcome,
  TaskKind,
  TaskState,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { OrderInputSchema, OrderStatus } from "@redress/contract/redress/order/v1/order_pb";
import { OrderService } from "@redress/contract/redress/order/v1/order_service_pb";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";

import { until } from "../../support/web/deployment.ts";
import { deployment, House, newKey } from "./house.ts";
import { deliveryConfirmed, returnConfirmed, valueIn } from "./warehouse_system.ts";

const RETURN = "taobao.qimen.returnorder.confirm";
const DELIVERY = "taobao.qimen.deliveryorder.confirm";
let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(async () => {
  await house.wms.close();
});
afterEach(() => {
  house.wms.behaviour = "take";
  house.wms.letGo();
});

describe("Return", () => {
  test("RunsToItsEndWhateverIsRepeated", async () => {
    const { one, task } = await house.returning();
    const order = await house.wms.untilOrdered("returnorder.create", task.taskId);
    expect([valueIn(order.body, "itemCode"), valueIn(order.body, "planQty")]).toEqual([
      task.sku,
      "2",
    ]);
    expect(valueIn(order.body, "expressCode")).toBe(task.trackingNumber);
    expect(order.body).not.toMatch(/13800138000|Wenyi|Xiaoming/);

    const key = newKey();
    const message = returnConfirmed(task.taskId, key, [[task.sku, "ZP", 2]]);
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => house.wms.tellUntilTaken(RETURN, message)),
    );
    expect(replies).toHaveLength(8);
    expect((await house.task(task)).state).toBe(TaskState.DONE);
    expect((await house.case(one)).state).toBe("Settling");
    const done = await house.finish(one);
    expect([done.state, done.final]).toEqual(["Completed", true]);
    await house.wms.tellUntilTaken(RETURN, message);
    expect(await house.reports(task)).toBe(2);
    expect(await house.unexpected(key)).toEqual([]);
    expect((await house.case(one)).version).toBe(done.version);
  });

  test("IsConfirmedBeforeItsOrderIsAnswered", async () => {
    house.wms.behaviour = "hang";
    const { one, task } = await house.returning();
    await house.wms.untilOrdered("returnorder.create", task.taskId);
    await house.wms.tellUntilTaken(
      RETURN,
      returnConfirmed(task.taskId, newKey(), [[task.sku, "ZP", 2]]),
    );
    house.wms.letGo();
    expect((await house.case(one)).state).toBe("Settling");
  });

  test("IsOrderedAgainByABridgeThatWasKilledMeanwhileAndStaysOneOrder", async () => {
    house.wms.behaviour = "hang";
    const { one, task } = await house.returning();
    await house.wms.untilOrdered("returnorder.create", task.taskId);
    await house.killBridge();
    house.wms.behaviour = "take";
    await until(() => (house.wms.order("returnorder.create", task.taskId)?.times ?? 0) > 1);
    expect((await house.task(task)).state).toBe(TaskState.CLAIMED);
    const message = returnConfirmed(task.taskId, newKey(), [[task.sku, "ZP", 2]]);
    await house.wms.tellUntilTaken(RETURN, message);
    expect((await house.case(one)).state).toBe("Settling");
    expect(await house.reports(task)).toBe(2);
  });

  test("IsCountedOnceThoughTheBridgeIsKilledWhileItIsConfirmed", async () => {
    let once = 0;
    for (let round = 0; round < 5; round++) {
      const { one, task } = await house.returning();
      const key = newKey();
      const message = returnConfirmed(task.taskId, key, [[task.sku, "ZP", 2]]);
      const telling = house.wms.tellUntilTaken(RETURN, message);
      // At another moment each time: the claim, either report, the answer.
      await new Promise((resolve) => setTimeout(resolve, round * 15));
      await house.killBridge();
      await telling;
      await house.wms.tellUntilTaken(RETURN, message);
      expect((await house.case(one)).state).toBe("Settling");
      expect(await house.unexpected(key)).toEqual([]);
      if ((await house.reports(task)) === 2) once++;
    }
    console.log(`figure qimen_receipts_counted_once ${once}`);
    expect(once).toBe(5);
  });

  test("IsTakenOnceWhateverOrderTwoConfirmationsComeIn", async () => {
    const { one, task } = await house.returning();
    const keys = [newKey(), newKey()];
    await Promise.all(
      keys.map((key) =>
        house.wms.tellUntilTaken(RETURN, returnConfirmed(task.taskId, key, [[task.sku, "ZP", 2]])),
      ),
    );
    expect((await house.case(one)).state).toBe("Settling");
    expect(await house.reports(task)).toBe(2);
    const unexpected = await Promise.all(keys.map((key) => house.unexpected(key)));
    expect(unexpected.flat()).toEqual([`2 × ${task.sku}`]);
  });

  test("IsKeptClaimedForAsLongAsTheWarehouseWorks", async () => {
    const { task } = await house.returning();
    await house.wms.untilOrdered("returnorder.create", task.taskId);
    const before = await house.task(task);
    await until(async () => (await house.task(task)).version > before.version);
    const after = await house.task(task);
    // Lengthened, not lost and taken again.
    expect([after.state, after.version]).toEqual([TaskState.CLAIMED, before.version + 1]);
    expect(after.leaseExpireTime?.seconds).toBeGreaterThan(before.leaseExpireTime?.seconds ?? 0n);
  });

  test("IsClaimedAnewWhenItsLeaseHasRunOutAndNotOrderedAgain", async () => {
    const { task } = await house.returning();
    await house.wms.untilOrdered("returnorder.create", task.taskId);
    const before = await house.task(task);
    await deployment.advance(3_700);
    await until(async () => (await house.task(task)).version > before.version + 1);
    const after = await house.untilTask(task, TaskState.CLAIMED);
    expect(after.claimedBy).toBe(before.claimedBy);
    expect(house.wms.order("returnorder.create", task.taskId)?.times).toBe(1);
  });

  test("IsAnsweredForOnlyWhileTheServiceIsThere", async () => {
    const { one, task } = await house.returning();
    await house.wms.untilOrdered("returnorder.create", task.taskId);
    const message = returnConfirmed(task.taskId, newKey(), [[task.sku, "ZP", 2]]);
    await deployment.supervise("stop", "aftersales");
    const reply = await house.wms.tell(RETURN, message);
    expect([reply.status, reply.flag, reply.code]).toEqual([503, "failure", "unavailable"]);
    await deployment.supervise("start", "aftersales");
    await house.wms.tellUntilTaken(RETURN, message);
    expect((await house.case(one)).state).toBe("Settling");
  });

  test("IsOrderedOnceTheWarehouseSystemIsBack", async () => {
    house.wms.behaviour = "break";
    const { task } = await house.returning();
    await house.untilTask(task, TaskState.CLAIMED);
    house.wms.behaviour = "take";
    await house.wms.untilOrdered("returnorder.create", task.taskId);
    expect((await house.task(task)).state).toBe(TaskState.CLAIMED);
  });
});

describe("Receipt", () => {
  test.each([
    ["short", "ZP", 1, 1, "RECEIVED_OTHER_QUANTITY", "Disagreed"],
    ["over", "ZP", 3, 3, "RECEIVED_OTHER_QUANTITY", "Settling"],
    ["damaged", "XS", 2, 0, "", "Disagreed"],
  ])("ThatIs %s IsSeenOnItsCase", async (_what, type, units, good, person, state) => {
    const { one, task } = await house.returning();
    await house.wms.tellUntilTaken(
      RETURN,
      returnConfirmed(task.taskId, newKey(), [[task.sku, type, units]]),
    );
    const done = await house.task(task);
    expect([done.quantityReceived, done.quantityGood]).toEqual([units, good]);
    const now = await house.case(one);
    expect([now.state, now.needsPerson]).toEqual([state, person]);
  });

  test("OfNothingLeavesTheTaskWaitingAndCallsAPerson", async () => {
    const { one, task } = await house.returning();
    const key = newKey();
    await house.wms.tellUntilTaken(
      RETURN,
      returnConfirmed(task.taskId, key, [["OTHER-1", "ZP", 2]]),
    );
    expect((await house.case(one)).needsPerson).toBe("RECEIVED_OTHER_QUANTITY");
    expect((await house.task(task)).state).toBe(TaskState.CLAIMED);
    expect(await house.unexpected(key)).toEqual(["2 × OTHER-1"]);
  });

  test("ThatNobodyAnnouncedIsAmongTheUnexpectedGoodsOnce", async () => {
    const key = newKey();
    const message = returnConfirmed("no-such-order", key, [
      ["CUP-1", "ZP", 1],
      ["CUP-2", "CC", 4],
    ]);
    await house.wms.tellUntilTaken(RETURN, message);
    await house.wms.tellUntilTaken(RETURN, message);
    expect((await house.unexpected(key)).sort()).toEqual(["1 × CUP-1", "4 × CUP-2"]);
  });

  test("OfGoodsThatWereTakenAlreadyIsAmongTheUnexpectedGoods", async () => {
    const { one, task } = await house.returning();
    await house.wms.tellUntilTaken(
      RETURN,
      returnConfirmed(task.taskId, newKey(), [[task.sku, "ZP", 2]]),
    );
    const { version } = await house.case(one);
    const key = newKey();
    await house.wms.tellUntilTaken(
      RETURN,
      returnConfirmed(task.taskId, key, [[task.sku, "ZP", 2]]),
    );
    expect(await house.unexpected(key)).toEqual([`2 × ${task.sku}`]);
    expect((await house.case(one)).version).toBe(version);
  });

  test("ThatContradictsAnEarlierOneOfItsKeyIsForAPerson", async () => {
    const { one, task } = await house.returning();
    const key = newKey();
    await house.wms.tellUntilTaken(
      RETURN,
      returnConfirmed(task.taskId, key, [[task.sku, "ZP", 2]]),
    );
    const { version } = await house.case(one);
    const before = (await house.unexpected("")).length;
    const other = returnConfirmed(task.taskId, key, [[task.sku, "CC", 1]]);
    const reply = await house.wms.tell(RETURN, other);
    expect([reply.flag, reply.code]).toEqual(["failure", "outBizCode-reused"]);
    expect((await house.case(one)).version).toBe(version);
    const rows = await deployment.rows(
      "redress_aftersales",
      `SELECT sku FROM unexpected_goods WHERE shop_id = ${house.shop.shopId}
         AND wms_reference LIKE 'other-%' AND sku = '${task.sku}'`,
    );
    expect(rows).toEqual([[task.sku]]);
    expect(before).toBe(0);
  });
});

describe("Message", () => {
  test.each<[string, number, string, (query: URLSearchParams) => void]>([
    [
      "a signature of nobody's",
      403,
      "sign-check-failure",
      (query) => {
        query.set("sign", "0".repeat(32));
      },
    ],
    [
      "a parameter that was changed on the way",
      403,
      "sign-check-failure",
      (query) => {
        query.set("customerId", "c2");
      },
    ],
  ])("Is refused with %s", async (_what, status, code, change) => {
    const { one, task } = await house.returning();
    await house.wms.untilOrdered("returnorder.create", task.taskId);
    const { version } = await house.case(one);
    const message = returnConfirmed(task.taskId, newKey(), [[task.sku, "ZP", 2]]);
    const reply = await house.wms.tell(RETURN, message, change);
    expect([reply.status, reply.flag, reply.code]).toEqual([status, "failure", code]);
    expect((await house.case(one)).version).toBe(version);
    expect(await house.reports(task)).toBe(0);
  });

  test.each([
    ["of another method", "taobao.qimen.stockout.confirm", "<request/>", 200, "invalid-method"],
    ["that is no XML", RETURN, "{}", 400, "invalid-message"],
    ["with an entity of its own", RETURN, "<!DOCTYPE a><a/>", 400, "invalid-message"],
    [
      "without a number of units",
      RETURN,
      returnConfirmed("1", "k", [["a", "ZP", -1]]),
      400,
      "invalid-message",
    ],
  ])("Is refused %s", async (_what, method, body, status, code) => {
    const reply = await house.wms.tell(method, body);
    expect([reply.status, reply.flag, reply.code]).toEqual([status, "failure", code]);
  });

  test("Is refused when it is larger than a megabyte", async () => {
    expect((await house.wms.tell(RETURN, "x".repeat(2 << 20))).status).toBe(413);
  });

  test("OfOursIsSigned", () => {
    expect(house.wms.strange).toEqual([]);
  });
});

describe("Order", () => {
  test("ThatIsRefusedCallsAPersonAndIsGivenAgainLater", async () => {
    house.wms.behaviour = { refuse: "S500" };
    const one = await house.shop.openCase(8_00n, RefundVariant.RETURN_AND_REFUND);
    await house.shop.returnParcel(one);
    await until(async () => (await house.case(one)).needsPerson === "WAREHOUSE_FAILED");
    const next = await house.openTask(one);
    house.wms.behaviour = "take";
    await house.killBridge();
    expect(house.wms.order("returnorder.create", next.taskId)).toBeUndefined();
    await deployment.advance(61);
    await house.killBridge();
    await house.wms.untilOrdered("returnorder.create", next.taskId);
  });

  test("IsCalledOffWhenItsCaseWantsItNoMore", async () => {
    const one = await shippedCase(RefundVariant.RESHIP, 9_00n);
    const task = await house.taskOf(one, TaskKind.OUTBOUND_REPLACEMENT);
    await house.wms.untilOrdered("deliveryorder.create", task.taskId);
    const value = create(ConvertToRefundSchema, { amountMinor: 9_00n });
    await house.apply(await house.case(one), { case: "convertToRefund", value });
    const order = await house.wms.untilOrdered("order.cancel", task.taskId);
    expect(valueIn(order.body, "orderType")).toBe("BFCK");
    expect((await house.task(task)).state).toBe(TaskState.CANCELLED);
    // Too late: the parcel has left. Nobody's task takes that, so a person sees it.
    const key = newKey();
    await house.wms.tellUntilTaken(DELIVERY, deliveryConfirmed(task.taskId, key, "SF901"));
    expect(await house.unexpected(key)).toEqual(["1 × POT-1"]);
  });

  test("IsCalledOffThoughItIsNotAnsweredYet", async () => {
    house.wms.behaviour = "hang";
    const one = await shippedCase(RefundVariant.RESHIP, 9_00n);
    const task = await house.taskOf(one, TaskKind.OUTBOUND_REPLACEMENT);
    await house.wms.untilOrdered("deliveryorder.create", task.taskId);
    const value = create(ConvertToRefundSchema, { amountMinor: 9_00n });
    await house.apply(await house.case(one), { case: "convertToRefund", value });
    house.wms.behaviour = "take";
    house.wms.letGo();
    await house.wms.untilOrdered("order.cancel", task.taskId);
  });
});

// An order that is on its way to its buyer.
async function shippedCase(variant: RefundVariant, paidMinor: bigint): Promise<Case> {
  const number = newKey();
  const orders = house.shop.as("integration", OrderService);
  const paidAt = timestampFromMs(deployment.nowMs() - 3_600_000);
  const { order } = await orders.pushOrder({
    requestId: `order:${number}`,
    order: create(OrderInputSchema, {
      platform: "direct",
      orderNumber: number,
      buyerNick: "teacat",
      status: OrderStatus.WAIT_BUYER_CONFIRM_GOODS,
      currencyCode: "CNY",
      orderTime: paidAt,
      payTime: paidAt,
      lines: [
        { lineNumber: "1", sku: "POT-1", title: "Tea pot", quantity: 1, unitPrice: "9", paidMinor },
      ],
      shipments: [{ carrier: "SF", trackingNumber: `SF${number}`, shipTime: paidAt }],
    }),
  });
  const answer = await house.shop.as("agent", CaseService).openRefund({
    requestId: `open:${number}`,
    orderId: order?.orderId ?? "",
    lineId: order?.lines[0]?.lineId ?? "",
    quantity: 1,
    amountAsked: { currencyCode: "CNY", minorUnits: paidMinor },
    variant,
    reason: "not_received",
  });
  if (answer.case === undefined) throw new Error("no case came back");
  await house.shop.approve(answer.case);
  return answer.case;
}

describe("Parcel", () => {
  test.each([
    ["SUCCESS", InterceptOutcome.CAUGHT],
    ["FAIL", InterceptOutcome.MISSED],
  ])("IsStoppedOrMissedAsTheWarehouseSystemSays %s", async (status, outcome) => {
    house.wms.behaviour = { status };
    const one = await shippedCase(RefundVariant.REFUND_ONLY, 9_00n);
    const task = await house.taskOf(one, TaskKind.INTERCEPT);
    const done = await house.untilTask(task, TaskState.DONE);
    expect(done.interceptOutcome).toBe(outcome);
    expect(await house.reports(task)).toBe(1);
  });

  test("IsAnsweredForLater", async () => {
    house.wms.behaviour = "take";
    const one = await shippedCase(RefundVariant.REFUND_ONLY, 9_00n);
    const task = await house.taskOf(one, TaskKind.INTERCEPT);
    await house.wms.untilOrdered("sendgoods.cancel", task.taskId);
    const message = `<request><orderCode>${task.taskId}</orderCode><status>SUCCESS</status><outBizCode>${newKey()}</outBizCode></request>`;
    await house.wms.tellUntilTaken("sendgoods.cancel", message);
    await house.wms.tellUntilTaken("sendgoods.cancel", message);
    expect((await house.task(task)).interceptOutcome).toBe(InterceptOutcome.CAUGHT);
    expect(await house.reports(task)).toBe(1);
  });

  test("GoesOutOnceMore", async () => {
    const one = await shippedCase(RefundVariant.RESHIP, 9_00n);
    const task = await house.taskOf(one, TaskKind.OUTBOUND_REPLACEMENT);
    const order = await house.wms.untilOrdered("deliveryorder.create", task.taskId);
    expect(valueIn(order.body, "orderType")).toBe("BFCK");
    const message = deliveryConfirmed(task.taskId, newKey(), "SF900");
    await house.wms.tellUntilTaken(DELIVERY, message);
    await house.wms.tellUntilTaken(DELIVERY, message);
    const done = await house.task(task);
    expect([done.state, done.carrier, done.trackingNumber]).toEqual([
      TaskState.DONE,
      "SF",
      "SF900",
    ]);
    expect(await house.reports(task)).toBe(1);
  });
});

describe("Log", () => {
  test("HasNeitherSecretsNorTokensNorBodies", () => {
    const log = readFileSync(path.join(deployment.state, "log/qimen.log"), "utf8");
    const { secret, password } = inject("bridged");
    expect(log).toContain("order sent");
    for (const never of [secret, password, "eyJ", "sign=", "<request>"]) {
      expect(log).not.toContain(never);
    }
  });
});
