import type { OrderLine } from "@redress/contract/redress/order/v1/order_pb";
import { ProductLink } from "../products/ProductLink";

// The goods of a line, and a way to what the shop knows of them.
export function GoodsOf({ line }: { line: OrderLine }) {
  return <ProductLink code={line.sku}>{line.title || line.sku}</ProductLink>;
}
