import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useQuery } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { orderQuery, stepsQuery } from "./queries";

// What a case is about, read beside it: its order's number, its line, the buyer's words.
export function useSubject(of: Case) {
  const work = useWork();
  const maySeeOrder = !work.can("ROLE_WAREHOUSE") || work.shop.roles.length > 1;
  const order = useQuery({ ...orderQuery(work, of.orderId), enabled: maySeeOrder });
  const steps = useQuery(stepsQuery(work, of));
  return {
    orderNumber: order.data?.orderNumber ?? "…",
    line: order.data?.lines.find((one) => one.lineId === of.lineId),
    text: steps.data?.[0]?.text,
  };
}
