import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { OrderMatch, type OrderHit } from "@redress/contract/redress/order/v1/search_service_pb";

// The orders that have the number which was searched for: one of each platform that has it. Other
// hits have it as a part, or as the number of something else.
export function numbered(hits: OrderHit[]): Order[] {
  return hits.flatMap(({ order, matched }) =>
    order && matched === OrderMatch.NUMBER ? [order] : [],
  );
}
