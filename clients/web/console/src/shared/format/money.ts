// Money as people read and type it. Amounts are integers of minor units (bigint) everywhere else.

export interface Amount {
  currencyCode: string;
  minorUnits: bigint;
}

// How many decimals a currency has: 2 for CNY and GBP, 0 for JPY.
export function decimalsOf(currencyCode: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency: currencyCode });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

// 1234n CNY → "12.34", exact for any size.
export function minorToDecimal(minorUnits: bigint, currencyCode: string): string {
  const decimals = decimalsOf(currencyCode);
  const sign = minorUnits < 0n ? "-" : "";
  const digits = (minorUnits < 0n ? -minorUnits : minorUnits)
    .toString()
    .padStart(decimals + 1, "0");
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

// "12.3" CNY → 1230n; undefined where the text is no amount of the currency. Full-width digits and
// grouping commas are taken as typed by a Chinese input method.
export function decimalToMinor(text: string, currencyCode: string): bigint | undefined {
  const decimals = decimalsOf(currencyCode);
  const plain = text.normalize("NFKC").replaceAll(",", "").replaceAll("。", ".").trim();
  const match = /^(\d{1,15})(?:\.(\d*))?$/.exec(plain);
  if (!match) return undefined;
  const fraction = match[2] ?? "";
  if (fraction.length > decimals) return undefined;
  return BigInt((match[1] ?? "0") + fraction.padEnd(decimals, "0"));
}

export function formatMoney(amount: Amount | undefined, locale: string): string {
  if (!amount?.currencyCode) return "—";
  const decimal = minorToDecimal(amount.minorUnits, amount.currencyCode);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: amount.currencyCode,
    currencyDisplay: "narrowSymbol",
  });
  // A decimal string keeps every digit where a number would not.
  return format.format(decimal as Intl.StringNumericLiteral);
}
