import { minorToDecimal, type Amount } from "../shared/format/money";

export interface Filled {
  text: string;
  // The variables that have no value, each once.
  missing: string[];
}

// A phrase's text with its variables filled, like services/desk fills it: one without a value stays
// as it is written.
export function fill(text: string, values: Record<string, string>): Filled {
  const missing = new Set<string>();
  const filled = text.replace(/\{\{ *(\w+) *\}\}/g, (written, name: string) => {
    const value = values[name];
    if (value) return value;
    missing.add(name);
    return written;
  });
  return { text: filled, missing: [...missing] };
}

// An amount as phrases of a language write it.
export function amountIn(language: string, amount: Amount | undefined): string {
  if (!amount?.currencyCode) return "";
  const isYuan = language === "zh" && amount.currencyCode === "CNY";
  const decimal = minorToDecimal(amount.minorUnits, amount.currencyCode);
  return `${decimal} ${isYuan ? "元" : amount.currencyCode}`;
}
