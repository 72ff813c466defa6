import {
  CustomerMatchSchema,
  type CustomerMatch,
} from "@redress/contract/redress/customer/v1/search_service_pb";
import {
  OrderMatchSchema,
  type OrderMatch,
} from "@redress/contract/redress/order/v1/search_service_pb";
import { enumName } from "../shared/words/enums";

export function customerMatchName(match: CustomerMatch): string {
  return enumName(CustomerMatchSchema, match);
}

export function orderMatchName(match: OrderMatch): string {
  return enumName(OrderMatchSchema, match);
}
