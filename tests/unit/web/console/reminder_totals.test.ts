import { create } from "@bufbuild/protobuf";
import { ReminderSumSchema } from "@redress/contract/redress/order/v1/reminder_service_pb";
import { describe, expect, it } from "vitest";
import { shareOf, totalsOf } from "../../../../clients/web/console/src/orders/reminderTotals";

function sum(accountId: string, currencyCode: string, sent: number, paidOrders: number) {
  const paid = { currencyCode, minorUnits: BigInt(paidOrders) * 10_00n };
  return create(ReminderSumSchema, { accountId, sent, paidOrders, paid });
}

describe("what reminders brought together", () => {
  it("is added up by currency", () => {
    const sums = [sum("1", "CNY", 4, 2), sum("2", "CNY", 6, 1), sum("2", "HKD", 1, 1)];
    expect(totalsOf(sums)).toEqual([
      { sent: 10, paidOrders: 3, paid: { currencyCode: "CNY", minorUnits: 30_00n } },
    ]);
  });

  it("is not repeated where one agent alone reminded", () => {
    expect(totalsOf([sum("1", "CNY", 4, 2)])).toEqual([]);
  });

  it("has a share of those that were paid after, and none without a reminder", () => {
    expect(shareOf({ sent: 3, paidOrders: 1 })).toBe("33.3%");
    expect(shareOf({ sent: 0, paidOrders: 0 })).toBe("—");
  });
});
