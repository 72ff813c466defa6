import { OrderStatus, OrderStatusSchema } from "@redress/contract/redress/order/v1/order_pb";
import { enumName } from "../shared/words/enums";

export function statusName(status: OrderStatus): string {
  return enumName(OrderStatusSchema, status);
}

const shipped = [OrderStatus.WAIT_BUYER_CONFIRM_GOODS, OrderStatus.TRADE_FINISHED];
const toBeShipped = [OrderStatus.WAIT_BUYER_PAY, OrderStatus.WAIT_SELLER_SEND_GOODS];

// Whether its parcels have left.
export function isShipped(status: OrderStatus): boolean {
  return shipped.includes(status);
}

// Whether its parcels are still to be prepared, now or once it is paid.
export function isToBeShipped(status: OrderStatus): boolean {
  return toBeShipped.includes(status);
}
