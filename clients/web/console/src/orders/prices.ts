import type { Order, OrderLine } from "@redress/contract/redress/order/v1/order_pb";
import { decimalToMinor, minorToDecimal } from "../shared/format/money";

// What the buyer has to pay as people type it: goods by their line's id, and the postage.
export interface Prices {
  amounts: Record<string, string>;
  postage: string;
}

export interface PriceChange {
  lines: { lineId: string; payableMinor: bigint }[];
  postageMinor?: bigint;
}

export function currencyOf({ paid }: Order): string {
  return paid?.currencyCode ?? "";
}

export function goodsOf({ lines }: Order): OrderLine[] {
  return lines.filter((line) => !line.postage);
}

function payableOf(line: OrderLine | undefined): bigint {
  return line?.paid?.minorUnits ?? 0n;
}

function postageOf({ lines }: Order): bigint {
  return payableOf(lines.find((line) => line.postage));
}

export function pricesOf(order: Order): Prices {
  const written = (minor: bigint) => minorToDecimal(minor, currencyOf(order));
  return {
    amounts: Object.fromEntries(
      goodsOf(order).map((line) => [line.lineId, written(payableOf(line))]),
    ),
    postage: written(postageOf(order)),
  };
}

// What is asked for: the prices that were typed otherwise than the order had them when the fields
// were filled. What a colleague has changed since is nothing that is asked for here.
export function changeIn({ amounts, postage }: Prices, filled: Order): PriceChange {
  const currency = currencyOf(filled);
  const lines = goodsOf(filled).flatMap((line) => {
    const payableMinor = decimalToMinor(amounts[line.lineId] ?? "", currency);
    const isChanged = payableMinor !== undefined && payableMinor !== payableOf(line);
    return isChanged ? [{ lineId: line.lineId, payableMinor }] : [];
  });
  const postageMinor = decimalToMinor(postage, currency);
  const isPostage = postageMinor !== undefined && postageMinor !== postageOf(filled);
  return { lines, ...(isPostage && { postageMinor }) };
}
