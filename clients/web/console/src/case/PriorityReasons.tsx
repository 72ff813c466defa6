import type { PriorityReason } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useWords } from "../shared/words";

interface Props {
  priority: number;
  of: PriorityReason[];
}

// Why a case is as urgent as it is: every reason with its points.
export function PriorityReasons({ priority, of }: Props) {
  const { t } = useWords();
  const reasons = of.map((reason) =>
    t("case.reasonPoints", {
      reason: t(`priorityReason.${reason.code}`, { defaultValue: reason.explanation }),
      points: reason.points,
    }),
  );
  return (
    <span className="priority-reasons">
      {reasons.length > 0
        ? t("case.priorityBecause", { priority, reasons: reasons.join(t("case.listSeparator")) })
        : t("case.priorityUsual", { priority })}
    </span>
  );
}
