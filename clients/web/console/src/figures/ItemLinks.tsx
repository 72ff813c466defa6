import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { caseQuery, orderQuery } from "../case/queries";
import { useWork } from "../session/work";

// A figure's items carry ids; people know cases and orders by their numbers, which never change. A
// page of the table asks for a handful of them.

export function CaseOfItem({ caseId }: { caseId: string }) {
  const query = caseQuery(useWork(), { id: caseId });
  const read = useQuery({ ...query, staleTime: Infinity, refetchInterval: false });
  const number = read.data && String(read.data.case.caseNumber);
  return <Link to={number ? `/workbench/${number}` : `/cases/${caseId}`}>#{number ?? "…"}</Link>;
}

export function OrderOfItem({ orderId }: { orderId: string }) {
  const read = useQuery({ ...orderQuery(useWork(), orderId), staleTime: Infinity });
  return <Link to={`/orders/${orderId}`}>{read.data?.orderNumber ?? "…"}</Link>;
}
