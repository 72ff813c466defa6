import {
  BankRunState,
  type BankRun,
  type StrangeBankLine,
} from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import { useQuery } from "@tanstack/react-query";
import { Alert, Table, Tag } from "antd";
import { Link, useParams } from "react-router";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { RunActions } from "./RunActions";
import { RunPayments } from "./RunPayments";
import { runColours, runStateName } from "./runs";

// One run: its file, what the bank answered, and what a person has to look at.
export function Component() {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { runId = "" } = useParams();
  const read = useQuery({
    queryKey: [shop.shopId, "bank-run", runId],
    queryFn: ({ signal }) => api.bankRuns.getBankRun({ runId }, { signal }),
    refetchInterval: refresh_ms,
  });
  return (
    <div className="page">
      <Link to="/settlements/runs">← {t("bankRun.back")}</Link>
      <Loaded of={read} rows={10}>
        {({ run, strangeLines }) =>
          run && <RunView key={run.runId} of={run} strange={strangeLines} />
        }
      </Loaded>
    </div>
  );
}

function RunView({ of, strange }: { of: BankRun; strange: StrangeBankLine[] }) {
  const { t, name } = useWords();
  const { can } = useWork();
  return (
    <>
      <header className="page-title">
        <h1>
          {t("bankRun.run")} #{String(of.runNumber)}
        </h1>
        <Tag color={runColours[of.state] ?? "default"} variant="filled">
          {name("bankRunState", runStateName(of.state))}
        </Tag>
        <span className="big-amount">
          <MoneyText of={of.total} />
        </span>
      </header>
      <p className="quiet">{t(`bankRun.next.${nextOf(of)}`)}</p>
      {can("ROLE_FINANCE") && <RunActions of={of} />}
      {of.attention > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("bankRun.attentionText", { count: of.attention })}
        />
      )}
      <RunFacts of={of} />
      <RunPayments of={of} />
      {strange.length > 0 && <StrangeLines of={strange} count={of.strangeLines} />}
    </>
  );
}

// What has to happen next, as the page says it.
function nextOf(run: BankRun): string {
  switch (run.state) {
    case BankRunState.OPEN:
      return "export";
    case BankRunState.EXPORTED:
      return "handOver";
    case BankRunState.HANDED_OVER:
      return "import";
    case BankRunState.ANSWERED:
      return "nothing";
    default:
      return "dissolved";
  }
}

function RunFacts({ of }: { of: BankRun }) {
  const { t } = useWords();
  return (
    <Facts
      of={[
        { label: t("bankRun.payments"), value: of.payments },
        of.leftOut > 0 && { label: t("bankRun.leftOut"), value: of.leftOut },
        { label: t("bankRun.waiting"), value: of.waiting },
        { label: t("bankRun.accepted"), value: of.accepted },
        { label: t("bankRun.rejected"), value: of.rejected },
        { label: t("bankRun.unknown"), value: of.unknown },
        { label: t("bankRun.created"), value: <TimeText of={of.createTime} /> },
        of.exportTime && { label: t("bankRun.exported"), value: <TimeText of={of.exportTime} /> },
        of.handOverTime && {
          label: t("bankRun.handedOver"),
          value: <TimeText of={of.handOverTime} />,
        },
        of.answerDueTime && {
          label: t("bankRun.answerDue"),
          value: <TimeText of={of.answerDueTime} />,
        },
        of.sha256 && {
          label: "SHA-256",
          value: <code className="digest">{of.sha256}</code>,
          wide: true,
        },
      ]}
    />
  );
}

function StrangeLines({ of, count }: { of: StrangeBankLine[]; count: number }) {
  const { t, name } = useWords();
  return (
    <section aria-label={t("bankRun.strange")}>
      <h2>
        {t("bankRun.strange")} ({count})
      </h2>
      <p className="quiet">{t("bankRun.strangeHint")}</p>
      <Table
        rowKey={(line) => [line.reference, line.amount, line.result, line.bankReference].join(" ")}
        size="small"
        pagination={false}
        dataSource={of}
        columns={[
          { title: t("bankRun.line"), dataIndex: "line", align: "right" },
          { title: t("bankRun.reference"), dataIndex: "reference", className: "number" },
          {
            title: t("finance.amount"),
            align: "right",
            render: (_, line) => `${line.amount} ${line.currencyCode}`,
          },
          { title: t("finance.result"), render: (_, line) => name("bankResult", line.result) },
          { title: t("bankRun.bankReference"), dataIndex: "bankReference", className: "number" },
        ]}
      />
    </section>
  );
}
