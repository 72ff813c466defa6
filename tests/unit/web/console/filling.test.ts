import { describe, expect, test } from "vitest";
import { amountIn, fill } from "../../../../clients/web/console/src/messages/filling";

describe("A phrase", () => {
  test("is filled with what is known, however its variables are spaced", () => {
    const values = { order_id: "2026112200417", amount: "35.90 元" };
    expect(fill("订单 {{order_id}}，应付 {{ amount }}。", values)).toEqual({
      text: "订单 2026112200417，应付 35.90 元。",
      missing: [],
    });
  });

  test("names what is missing once, and keeps it as it is written", () => {
    const text = "{{customer_nick}}: {{tracking}}, {{carrier}} {{tracking}}";
    expect(fill(text, { customer_nick: "teacat", carrier: "" })).toEqual({
      text: "teacat: {{tracking}}, {{carrier}} {{tracking}}",
      missing: ["tracking", "carrier"],
    });
  });

  test("takes a value as it is, whatever it looks like", () => {
    expect(fill("{{item}}", { item: "$& {{amount}}" }).text).toBe("$& {{amount}}");
  });
});

test("An amount is written in the phrase's language", () => {
  const amount = { currencyCode: "CNY", minorUnits: 35_90n };
  expect(amountIn("zh", amount)).toBe("35.90 元");
  expect(amountIn("en", amount)).toBe("35.90 CNY");
  expect(amountIn("zh", { currencyCode: "JPY", minorUnits: 1200n })).toBe("1200 JPY");
  expect(amountIn("zh", undefined)).toBe("");
});
