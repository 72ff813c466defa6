import { MemoStage } from "@redress/contract/redress/order/v1/memo_service_pb";
import { OrderStatus, type Order } from "@redress/contract/redress/order/v1/order_pb";

const before: OrderStatus[] = [OrderStatus.WAIT_BUYER_PAY, OrderStatus.WAIT_SELLER_SEND_GOODS];

// Whose note it would be by how far the order is.
export function stageOf({ status }: Order): MemoStage {
  return before.includes(status) ? MemoStage.PRE_SALE : MemoStage.AFTER_SALES;
}
