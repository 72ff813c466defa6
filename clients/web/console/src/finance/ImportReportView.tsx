import {
  BankLineOutcome,
  BankLineOutcomeSchema,
  type BankLineResult,
} from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import { Alert, Table } from "antd";
import { Link } from "react-router";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import type { ImportReport } from "./runs";

// What became of a file of results: counts, and the lines that somebody has to look at.
export function ImportReportView({ of, onClose }: { of: ImportReport; onClose: () => void }) {
  const { t } = useWords();
  return (
    <section className="import-report" aria-label={t("bankRun.report")}>
      <Alert
        type={of.others.length > 0 ? "warning" : "success"}
        showIcon
        role="status"
        closable={{ onClose, "aria-label": t("common.close") }}
        title={t("bankRun.imported", {
          applied: of.applied,
          repeated: of.repeated,
          others: of.others.length,
        })}
      />
      {of.others.length > 0 && <LineTable of={of.others} />}
    </section>
  );
}

// The service names outcome and column; the words for both are the console's own.
function problemOf({ outcome, column }: BankLineResult): string {
  const kind = outcome === BankLineOutcome.REFUSED ? "REFUSED" : "ATTENTION";
  return `${kind}_${column || "line"}`;
}

function LineTable({ of }: { of: BankLineResult[] }) {
  const { t, name } = useWords();
  return (
    <Table
      rowKey="line"
      size="small"
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      dataSource={of}
      columns={[
        { title: t("bankRun.line"), dataIndex: "line", align: "right" },
        {
          title: t("bankRun.outcome"),
          render: (_, line) =>
            name("bankLineOutcome", enumName(BankLineOutcomeSchema, line.outcome)),
        },
        { title: t("bankRun.reference"), dataIndex: "reference", className: "number" },
        {
          title: t("finance.case"),
          render: (_, line) =>
            line.caseNumber > 0n && (
              <Link to={`/workbench/${String(line.caseNumber)}`}>#{String(line.caseNumber)}</Link>
            ),
        },
        { title: t("bankRun.column"), render: (_, line) => <code>{line.column}</code> },
        {
          title: t("bankRun.problem"),
          render: (_, line) => name("bankLineProblem", problemOf(line)),
        },
      ]}
    />
  );
}
