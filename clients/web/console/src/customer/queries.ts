import { CaseOrder } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { queryOptions } from "@tanstack/react-query";
import type { Work } from "../session/work";

export function casesOfOrderQuery({ api, shop }: Work, orderId: string) {
  return queryOptions({
    queryKey: [shop.shopId, "cases", "of order", orderId],
    queryFn: async ({ signal }) =>
      (await api.cases.listCases({ order: CaseOrder.NEWEST, orderId, pageSize: 50 }, { signal }))
        .cases,
  });
}

async function readCustomer(api: Work["api"], customerId: string, signal: AbortSignal) {
  const { customer } = await api.customers.getCustomer({ customerId }, { signal });
  if (!customer) throw new Error("the answer has no customer");
  return customer;
}

// Who a buyer of a list is; apart from the customer, who is read again whenever their tags change.
export function nickQuery({ api, shop }: Work, customerId: string) {
  return queryOptions({
    queryKey: [shop.shopId, "nick of", customerId],
    queryFn: async ({ signal }) => (await readCustomer(api, customerId, signal)).nick,
    staleTime: Infinity,
  });
}

export function customerQuery({ api, shop }: Work, customerId: string) {
  return queryOptions({
    queryKey: [shop.shopId, "customer", customerId],
    queryFn: ({ signal }) => readCustomer(api, customerId, signal),
  });
}
