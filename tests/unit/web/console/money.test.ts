import { describe, expect, it } from "vitest";
import {
  decimalsOf,
  decimalToMinor,
  formatMoney,
  minorToDecimal,
} from "../../../../clients/web/console/src/shared/format/money";

describe("Money", () => {
  it("is typed in the currency's major unit and kept in minor ones", () => {
    expect(decimalToMinor("12.34", "CNY")).toBe(1234n);
    expect(decimalToMinor("12.3", "CNY")).toBe(1230n);
    expect(decimalToMinor("12", "CNY")).toBe(1200n);
    expect(decimalToMinor("0.01", "CNY")).toBe(1n);
    expect(decimalToMinor("500", "JPY")).toBe(500n);
  });

  it("takes full-width digits and grouping as they come from an input method", () => {
    expect(decimalToMinor("１２．３４", "CNY")).toBe(1234n);
    expect(decimalToMinor("1,234.50", "CNY")).toBe(123450n);
  });

  it.each(["", "abc", "-1", "1.234", "1e3", "１.2.3", "9".repeat(16)])("refuses %j", (text) => {
    expect(decimalToMinor(text, "CNY")).toBeUndefined();
  });

  it("refuses decimals where the currency has none", () => {
    expect(decimalsOf("JPY")).toBe(0);
    expect(decimalToMinor("5.5", "JPY")).toBeUndefined();
  });

  it("comes back as the decimal that was typed, at any size", () => {
    for (const minor of [0n, 1n, 10n, 99n, 100n, 123456789012345678n]) {
      expect(decimalToMinor(minorToDecimal(minor, "CNY").slice(0, 18), "CNY")).toBe(
        minor < 10n ** 17n ? minor : undefined,
      );
    }
    expect(minorToDecimal(-5n, "CNY")).toBe("-0.05");
  });

  it("shows every digit of an amount that a number would round", () => {
    const amount = { currencyCode: "CNY", minorUnits: 900719925474099301n };
    expect(formatMoney(amount, "zh-CN")).toBe("¥9,007,199,254,740,993.01");
  });

  it("is a dash where there is none", () => {
    expect(formatMoney(undefined, "zh-CN")).toBe("—");
  });
});
