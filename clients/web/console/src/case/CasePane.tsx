import type {
  AllowedAction,
  Case,
  PriorityReason,
} from "@redress/contract/redress/aftersales/v1/case_pb";
import type { CaseAsk, LinkedCase } from "@redress/contract/redress/aftersales/v1/case_links_pb";
import { Tabs } from "antd";
import { CaseCompensations } from "../compensation/CaseCompensations";
import { CaseMemo } from "../orders/memo/CaseMemo";
import { useWords } from "../shared/words";
import { ActionsPane } from "./ActionsPane";
import { CaseFacts } from "./CaseFacts";
import { CaseMessages } from "./CaseMessages";
import { CaseHeader } from "./CaseHeader";
import { CaseDiagram } from "./CaseDiagram";
import { HistoryList } from "./HistoryList";
import { HistoryVerification } from "./HistoryVerification";
import { LinkedCases } from "./LinkedCases";
import { NotReturnableMark } from "./NotReturnableMark";
import type { CaseKey } from "./queries";

interface Props {
  of: Case;
  actions: AllowedAction[];
  reasons: PriorityReason[];
  links: LinkedCase[];
  asks: CaseAsk[];
  caseKey: CaseKey;
}

export function CasePane({ of, actions, reasons, links, asks, caseKey }: Props) {
  const { t } = useWords();
  return (
    <>
      <CaseHeader of={of} actions={actions} caseKey={caseKey} />
      <div className="scroll">
        <CaseFacts of={of} reasons={reasons} />
        <CaseMemo orderId={of.orderId} />
        <LinkedCases links={links} asks={asks} />
        <NotReturnableMark of={of} caseKey={caseKey} />
        <CaseCompensations key={of.caseId} of={of} actions={actions} />
        <ActionsPane of={of} actions={actions} caseKey={caseKey} />
        <Tabs
          className="case-tabs"
          size="small"
          items={[
            {
              key: "history",
              label: t("case.history"),
              children: (
                <>
                  {/* What was found holds for the version that was looked at. */}
                  <HistoryVerification key={`${of.caseId} ${of.version.toString()}`} of={of} />
                  <HistoryList of={of} />
                </>
              ),
            },
            {
              key: "messages",
              label: t("messages.ofCase"),
              children: <CaseMessages key={of.caseId} of={of} />,
            },
            { key: "diagram", label: t("case.diagram"), children: <CaseDiagram of={of} /> },
          ]}
        />
      </div>
    </>
  );
}
