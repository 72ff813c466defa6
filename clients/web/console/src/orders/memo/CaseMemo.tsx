import { MemoStage } from "@redress/contract/redress/order/v1/memo_service_pb";
import { useWords } from "../../shared/words";
import { MemoPane } from "./MemoPane";

// The memo of a case's order, which pre-sale and after-sales share.
export function CaseMemo({ orderId }: { orderId: string }) {
  const { t } = useWords();
  if (!orderId) return null;
  return (
    <div className="case-memo">
      <h3>{t("memo.title")}</h3>
      <MemoPane key={orderId} orderId={orderId} stage={MemoStage.AFTER_SALES} />
    </div>
  );
}
