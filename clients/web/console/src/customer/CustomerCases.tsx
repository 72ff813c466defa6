import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { useQueries } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { CaseLinks } from "./CaseLinks";
import { casesOfOrderQuery } from "./queries";

const mostOrders = 10;

// The customer's other cases: those about their newest orders.
export function CustomerCases({ orders, but }: { orders: Order[]; but: string }) {
  const work = useWork();
  const reads = useQueries({
    queries: orders.slice(0, mostOrders).map((order) => casesOfOrderQuery(work, order.orderId)),
    combine: (all) => ({
      data: all.every((one) => one.data) ? all.flatMap((one) => one.data ?? []) : undefined,
      error: all.find((one) => one.error)?.error ?? null,
      refetch: () => Promise.all(all.map((one) => one.refetch())),
    }),
  });
  return (
    <Loaded of={reads}>
      {(cases) => <CaseLinks of={cases.filter((one) => one.caseId !== but)} />}
    </Loaded>
  );
}
