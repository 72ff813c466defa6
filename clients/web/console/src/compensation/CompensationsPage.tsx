import {
  CompensationKindSchema,
  CompensationState,
  CompensationStateSchema,
  type Compensation,
} from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { Button, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { CompensationActs } from "./CompensationActs";
import { CompensationTabs } from "./CompensationTabs";
import { CompensationTag } from "./CompensationTag";
import { useCompensations } from "./queries";

// What waits for a supervisor, for finance or for who issues it; and what became of the rest.
export function Component() {
  const { t, name } = useWords();
  const [state, setState] = useState(CompensationState.UNSPECIFIED);
  const read = useCompensations(state);
  return (
    <div className="page">
      <CompensationTabs />
      <header className="page-title">
        <h1>{t("compensation.title")}</h1>
        <Select
          aria-label={t("compensation.state")}
          value={state}
          popupMatchSelectWidth={false}
          onChange={setState}
          options={CompensationStateSchema.values.map((value) => ({
            value: value.number,
            label:
              value.number === 0 ? t("compensation.open") : name("compensationState", value.name),
          }))}
        />
      </header>
      <Loaded of={read} rows={8}>
        {(found) =>
          found.length === 0 ? (
            <Nothing what={t("compensation.empty")} hint={t("compensation.emptyHint")} />
          ) : (
            <CompensationTable of={found} />
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
    </div>
  );
}

function CompensationTable({ of }: { of: Compensation[] }) {
  const words = useWords();
  const memberName = useMemberName();
  return (
    <Table
      rowKey={(one) => `${one.caseId} ${String(one.number)}`}
      size="small"
      columns={columnsIn(words, memberName)}
      dataSource={of}
      pagination={false}
    />
  );
}

function columnsIn(
  { t, name }: Say,
  memberName: (accountId: string) => string,
): TableColumnsType<Compensation> {
  return [
    {
      title: t("compensation.case"),
      render: (_, one) => (
        <Link to={`/workbench/${String(one.caseNumber)}`}>#{String(one.caseNumber)}</Link>
      ),
    },
    {
      title: t("compensation.kind"),
      render: (_, one) => name("compensationKind", enumName(CompensationKindSchema, one.kind)),
    },
    {
      title: t("compensation.amount"),
      align: "right",
      render: (_, one) => <MoneyText of={one.amount} />,
    },
    { title: t("compensation.state"), render: (_, one) => <CompensationTag state={one.state} /> },
    { title: t("compensation.reason"), render: (_, one) => name("compensationReason", one.reason) },
    { title: t("compensation.by"), render: (_, one) => memberName(one.offeredById) },
    { title: t("compensation.month"), dataIndex: "month", className: "number" },
    { title: t("compensation.created"), render: (_, one) => <TimeText of={one.createTime} /> },
    { title: "", align: "right", render: (_, one) => <CompensationActs of={one} /> },
  ];
}
