// A price form asks for what was typed in it, and for nothing that a colleague has changed.

import { create } from "@bufbuild/protobuf";
import { OrderSchema, type Order } from "@redress/contract/redress/order/v1/order_pb";
import { describe, expect, test } from "vitest";
import { changeIn, pricesOf } from "../../../../clients/web/console/src/orders/prices";

function money(minorUnits: bigint) {
  return { currencyCode: "CNY", minorUnits };
}

function order(cups: bigint, plates: bigint, postage?: bigint): Order {
  return create(OrderSchema, {
    paid: money(cups + plates + (postage ?? 0n)),
    lines: [
      { lineId: "cups", paid: money(cups) },
      { lineId: "plates", paid: money(plates) },
      ...(postage === undefined ? [] : [{ lineId: "post", postage: true, paid: money(postage) }]),
    ],
  });
}

describe("The prices of an order", () => {
  test("are written as people type them, the postage apart", () => {
    expect(pricesOf(order(100_00n, 9n, 6_50n))).toEqual({
      amounts: { cups: "100.00", plates: "0.09" },
      postage: "6.50",
    });
    expect(pricesOf(order(1n, 2n)).postage).toBe("0.00");
  });
});

describe("A change of prices", () => {
  const filled = order(100_00n, 50_00n, 6_00n);

  test("holds nothing that was left as it was", () => {
    expect(changeIn(pricesOf(filled), filled)).toEqual({ lines: [] });
  });

  test("holds what was typed otherwise", () => {
    const typed = { amounts: { cups: "100.0", plates: "45" }, postage: "0" };
    expect(changeIn(typed, filled)).toEqual({
      lines: [{ lineId: "plates", payableMinor: 45_00n }],
      postageMinor: 0n,
    });
  });

  test("leaves the price alone that a colleague has set since the form was filled", () => {
    const now = order(80_00n, 50_00n, 6_00n);
    const typed = { ...pricesOf(filled), amounts: { cups: "100.00", plates: "45.00" } };
    expect(changeIn(typed, filled).lines).toEqual([{ lineId: "plates", payableMinor: 45_00n }]);
    // Once the newer prices are loaded, they are what is compared with.
    const loaded = pricesOf(now);
    loaded.amounts["plates"] = "45.00";
    expect(changeIn(loaded, now).lines).toEqual([{ lineId: "plates", payableMinor: 45_00n }]);
  });
});
