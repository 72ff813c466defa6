import {
  SettlementState,
  SettlementStateSchema,
  type Settlement,
} from "@redress/contract/redress/aftersales/v1/settlement_service_pb";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Drawer, Segmented, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { FinanceTabs } from "./FinanceTabs";
import { ResultForm } from "./ResultForm";
import { enumName } from "../shared/words/enums";

export function stateName(state: SettlementState): string {
  return enumName(SettlementStateSchema, state);
}

// No result can be recorded any more.
const ended = new Set([SettlementState.SETTLED, SettlementState.CANCELLED]);

const colours: Record<number, string> = {
  [SettlementState.PENDING]: "blue",
  [SettlementState.FAILED]: "red",
  [SettlementState.UNKNOWN]: "orange",
};

function useSettlements(state: SettlementState) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "settlements", state],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.settlements.listSettlements({ state, pageToken: pageParam, pageSize: 50 }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.settlements),
    refetchInterval: refresh_ms,
    placeholderData: (previous) => previous,
  });
}

// Finance's desk: what has to be paid, and what became of it.
export function Component() {
  const { t, name } = useWords();
  const [state, setState] = useState(SettlementState.UNSPECIFIED);
  const [chosen, setChosen] = useState<Settlement>();
  const read = useSettlements(state);
  return (
    <div className="page">
      <FinanceTabs />
      <header className="page-title">
        <h1>{t("finance.title")}</h1>
        <Segmented
          aria-label={t("finance.state")}
          value={state}
          onChange={(chosen: SettlementState) => setState(chosen)}
          options={SettlementStateSchema.values.map((value) => ({
            value: value.number,
            label: value.number === 0 ? t("finance.open") : name("settlementState", value.name),
          }))}
        />
      </header>
      <Loaded of={read} rows={8}>
        {(settlements) =>
          settlements.length === 0 ? (
            <Nothing what={t("finance.empty")} hint={t("finance.emptyHint")} />
          ) : (
            <SettlementTable of={settlements} onRecord={setChosen} />
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
        open={chosen !== undefined}
        title={chosen && `${t("finance.record")} · #${String(chosen.caseNumber)}`}
        size={420}
        destroyOnHidden
        onClose={() => setChosen(undefined)}
      >
        {chosen && <ResultForm of={chosen} onDone={() => setChosen(undefined)} />}
      </Drawer>
    </div>
  );
}

interface TableProps {
  of: Settlement[];
  onRecord: (settlement: Settlement) => void;
}

function SettlementTable({ of, onRecord }: TableProps) {
  const words = useWords();
  const { can } = useWork();
  const columns = columnsIn(words);
  if (can("ROLE_FINANCE")) {
    columns.push({
      title: "",
      align: "right",
      render: (_, one) =>
        !ended.has(one.state) && (
          <Button size="small" onClick={() => onRecord(one)}>
            {words.t("finance.record")}
          </Button>
        ),
    });
  }
  return (
    <Table rowKey="caseId" size="small" columns={columns} dataSource={of} pagination={false} />
  );
}

function columnsIn({ t, name }: Say): TableColumnsType<Settlement> {
  return [
    {
      title: t("finance.case"),
      render: (_, one) => (
        <Link to={`/workbench/${String(one.caseNumber)}`}>#{String(one.caseNumber)}</Link>
      ),
    },
    {
      title: t("finance.amount"),
      align: "right",
      render: (_, one) => <MoneyText of={one.amount} />,
    },
    {
      title: t("finance.state"),
      render: (_, one) => (
        <Tag color={colours[one.state] ?? "default"} variant="filled">
          {name("settlementState", stateName(one.state))}
        </Tag>
      ),
    },
    { title: t("finance.attempts"), dataIndex: "attempts", align: "right" },
    { title: t("finance.reference"), dataIndex: "paymentReference", className: "number" },
    { title: t("finance.created"), render: (_, one) => <TimeText of={one.createTime} /> },
    { title: t("finance.updated"), render: (_, one) => <TimeText of={one.updateTime} /> },
  ];
}
