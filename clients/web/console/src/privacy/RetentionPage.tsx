import type {
  RetentionRule,
  RetentionRun,
} from "@redress/contract/redress/privacy/v1/personal_data_service_pb";
import { Select, Skeleton, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { More } from "../shared/ui/More";
import { useWork } from "../session/work";
import { keepers } from "../shared/api/api";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { PrivacyTabs } from "./PrivacyTabs";
import { useRetentionRules, useRetentionRuns } from "./queries";
import { MonthsForm } from "./MonthsForm";

// How long personal data is kept, what is due by that, and what went.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  return (
    <div className="page">
      <PrivacyTabs />
      <header className="page-title">
        <h1>{t("privacy.retention")}</h1>
      </header>
      <p className="quiet">{t("privacy.retentionHint")}</p>
      <Rules />
      {can("ROLE_ADMIN") && <MonthsForm />}
      <Runs />
    </div>
  );
}

interface Row {
  service: string;
  rule: RetentionRule;
}

function Rules() {
  const { t, name } = useWords();
  const reads = useRetentionRules();
  const rows = reads.flatMap(({ service, read }) =>
    (read.data ?? []).map((rule): Row => ({ service, rule })),
  );
  const columns: TableColumnsType<Row> = [
    { title: t("privacy.service"), render: (_, { service }) => name("service", service) },
    { title: t("privacy.rule"), render: (_, { rule }) => name("retention", rule.setting) },
    {
      title: t("privacy.keptFor"),
      render: (_, { rule }) =>
        rule.months === 0 ? t("privacy.forever") : t("privacy.months", { count: rule.months }),
    },
    {
      title: t("privacy.due"),
      align: "right",
      render: (_, { rule }) =>
        rule.dueCount >= 10_000 ? `≥ ${rule.dueCount}` : String(rule.dueCount),
    },
  ];
  const failed = reads.filter(({ read }) => read.error);
  const isPending = reads.some(({ read }) => read.isPending);
  return (
    <>
      {failed.map(({ service, read }) => (
        <ErrorNotice key={service} error={read.error} onRetry={() => void read.refetch()} />
      ))}
      {isPending && rows.length === 0 ? (
        <Skeleton active title={false} paragraph={{ rows: 4 }} />
      ) : (
        <Table
          rowKey={({ service, rule }) => `${service} ${rule.setting}`}
          size="small"
          loading={isPending}
          columns={columns}
          dataSource={rows}
          pagination={false}
        />
      )}
    </>
  );
}

function Runs() {
  const say = useWords();
  const { t, name } = say;
  const [service, setService] = useState(keepers[0] ?? "");
  const read = useRetentionRuns(service);
  return (
    <section aria-labelledby="runs-title">
      <header className="page-title">
        <h2 id="runs-title">{t("privacy.runs")}</h2>
        <Select
          size="small"
          aria-label={t("privacy.service")}
          value={service}
          onChange={setService}
          popupMatchSelectWidth={false}
          options={keepers.map((one) => ({ value: one, label: name("service", one) }))}
        />
      </header>
      <Loaded of={read}>
        {(runs) =>
          runs.length === 0 ? (
            <Nothing what={t("privacy.noRuns")} />
          ) : (
            <Table
              rowKey="runId"
              size="small"
              columns={runColumns(say)}
              dataSource={runs}
              pagination={false}
            />
          )
        }
      </Loaded>
      <More of={read} />
    </section>
  );
}

function runColumns({ t, name }: Say): TableColumnsType<RetentionRun> {
  return [
    { title: t("privacy.when"), render: (_, one) => <TimeText of={one.runTime} /> },
    { title: t("privacy.rule"), render: (_, one) => name("retention", one.setting) },
    { title: t("privacy.olderThan"), render: (_, one) => <TimeText of={one.olderThan} /> },
    {
      title: t("privacy.destroyed"),
      align: "right",
      render: (_, one) => String(one.destroyedCount),
    },
  ];
}
