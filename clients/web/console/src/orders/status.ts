import { OrderStatusSchema, type OrderStatus } from "@redress/contract/redress/order/v1/order_pb";
import { enumName } from "../shared/words/enums";

export function statusName(status: OrderStatus): string {
  return enumName(OrderStatusSchema, status);
}
