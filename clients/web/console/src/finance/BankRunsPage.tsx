import {
  BankRunState,
  BankRunStateSchema,
  type BankRun,
} from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer, Segmented, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { FinanceTabs } from "./FinanceTabs";
import { NewRunForm } from "./NewRunForm";
import { runColours, runStateName } from "./runs";

function useRuns(state: BankRunState) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "bank-runs", state],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.bankRuns.listBankRuns({ state, pageToken: pageParam, pageSize: 50 }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.runs),
    refetchInterval: refresh_ms,
    placeholderData: (previous) => previous,
  });
}

// Files of payments for the bank, newest first.
export function Component() {
  const { t, name } = useWords();
  const { can } = useWork();
  const [state, setState] = useState(BankRunState.UNSPECIFIED);
  const [isMaking, setIsMaking] = useState(false);
  const read = useRuns(state);
  const mayMake = can("ROLE_FINANCE");
  useShortcuts({ n: () => mayMake && setIsMaking(true) });
  return (
    <div className="page">
      <FinanceTabs />
      <header className="page-title">
        <h1>{t("bankRun.title")}</h1>
        <Segmented
          aria-label={t("finance.state")}
          value={state}
          onChange={(chosen: BankRunState) => setState(chosen)}
          options={BankRunStateSchema.values.map((value) => ({
            value: value.number,
            label: value.number === 0 ? t("common.all") : name("bankRunState", value.name),
          }))}
        />
        {mayMake && (
          <Button type="primary" onClick={() => setIsMaking(true)} aria-keyshortcuts="n">
            {t("bankRun.new")} <kbd>n</kbd>
          </Button>
        )}
      </header>
      <Loaded of={read} rows={8}>
        {(runs) =>
          runs.length === 0 ? (
            <Nothing what={t("bankRun.empty")} hint={t("bankRun.emptyHint")} />
          ) : (
            <RunTable of={runs} />
          )
        }
      </Loaded>
      {read.hasNextPage && (
        <div className="more">
          <Button loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
      <Drawer
        open={isMaking}
        title={t("bankRun.new")}
        size={420}
        destroyOnHidden
        onClose={() => setIsMaking(false)}
      >
        <NewRunForm />
      </Drawer>
    </div>
  );
}

function RunTable({ of }: { of: BankRun[] }) {
  return (
    <Table
      rowKey="runId"
      size="small"
      columns={columnsIn(useWords())}
      dataSource={of}
      pagination={false}
    />
  );
}

function columnsIn({ t, name }: Say): TableColumnsType<BankRun> {
  return [
    {
      title: t("bankRun.number"),
      render: (_, run) => (
        <Link to={`/settlements/runs/${run.runId}`}>#{String(run.runNumber)}</Link>
      ),
    },
    {
      title: t("finance.state"),
      render: (_, run) => (
        <Tag color={runColours[run.state] ?? "default"} variant="filled">
          {name("bankRunState", runStateName(run.state))}
        </Tag>
      ),
    },
    { title: t("bankRun.payments"), dataIndex: "payments", align: "right" },
    {
      title: t("bankRun.total"),
      align: "right",
      render: (_, run) => <MoneyText of={run.total} />,
    },
    { title: t("bankRun.waiting"), dataIndex: "waiting", align: "right" },
    { title: t("bankRun.accepted"), dataIndex: "accepted", align: "right" },
    { title: t("bankRun.rejected"), dataIndex: "rejected", align: "right" },
    { title: t("bankRun.unknown"), dataIndex: "unknown", align: "right" },
    {
      title: t("bankRun.attention"),
      align: "right",
      render: (_, run) => {
        const count = run.attention + run.strangeLines;
        return count > 0 ? <Tag color="red">{count}</Tag> : 0;
      },
    },
    { title: t("bankRun.created"), render: (_, run) => <TimeText of={run.createTime} /> },
  ];
}
