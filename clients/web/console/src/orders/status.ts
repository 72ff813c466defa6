import { OrderStatusSchema, type OrderStatus } from "@redress/contract/redress/order/v1/order_pb";

export function statusName(status: OrderStatus): string {
  return OrderStatusSchema.value[status]?.name ?? String(status);
}
