import {
  BankPaymentState,
  BankPaymentStateSchema,
  type BankRun,
  type BankRunPayment,
} from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Checkbox, Segmented, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { paymentStateName } from "./runs";

const colours: Record<number, string> = {
  [BankPaymentState.WAITING]: "blue",
  [BankPaymentState.ACCEPTED]: "green",
  [BankPaymentState.REJECTED]: "red",
  [BankPaymentState.UNKNOWN]: "orange",
};

function usePayments(runId: string, state: BankPaymentState, attentionOnly: boolean) {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "bank-run-payments", runId, state, attentionOnly],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.bankRuns.listBankRunPayments(
        { runId, state, attentionOnly, pageToken: pageParam, pageSize: 100 },
        { signal },
      ),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.payments),
    refetchInterval: refresh_ms,
    placeholderData: (previous) => previous,
  });
}

// The run's payments in the order of its file, and what became of each.
export function RunPayments({ of }: { of: BankRun }) {
  const words = useWords();
  const { t, name } = words;
  const [state, setState] = useState(BankPaymentState.UNSPECIFIED);
  const [attentionOnly, setAttentionOnly] = useState(false);
  const read = usePayments(of.runId, state, attentionOnly);
  return (
    <section aria-label={t("bankRun.payments")}>
      <div className="page-title">
        <h2>{t("bankRun.payments")}</h2>
        <Segmented
          size="small"
          aria-label={t("finance.state")}
          value={state}
          onChange={(chosen: BankPaymentState) => setState(chosen)}
          options={BankPaymentStateSchema.values.map((value) => ({
            value: value.number,
            label: value.number === 0 ? t("common.all") : name("bankPaymentState", value.name),
          }))}
        />
        <Checkbox
          checked={attentionOnly}
          onChange={(event) => setAttentionOnly(event.target.checked)}
        >
          {t("bankRun.attentionOnly")}
        </Checkbox>
      </div>
      <Loaded of={read} rows={6}>
        {(payments) =>
          payments.length === 0 ? (
            <Nothing what={t("bankRun.noPayments")} hint={t("bankRun.noPaymentsHint")} />
          ) : (
            <Table
              rowKey="position"
              size="small"
              columns={columnsIn(words)}
              dataSource={payments}
              pagination={false}
            />
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
    </section>
  );
}

function columnsIn({ t, name }: Say): TableColumnsType<BankRunPayment> {
  return [
    {
      title: t("finance.case"),
      render: (_, one) => (
        <Link to={`/workbench/${String(one.caseNumber)}`}>#{String(one.caseNumber)}</Link>
      ),
    },
    { title: t("bankRun.reference"), dataIndex: "reference", className: "number" },
    {
      title: t("finance.amount"),
      align: "right",
      render: (_, one) => <MoneyText of={one.amount} />,
    },
    {
      title: t("bankRun.order"),
      render: (_, one) => (
        <Link to={`/orders/${one.orderId}`}>
          {one.orderNumber ? `${one.platform} ${one.orderNumber}` : one.orderId}
        </Link>
      ),
    },
    {
      title: t("finance.state"),
      render: (_, one) => (
        <Tag color={colours[one.state] ?? "default"} variant="filled">
          {name("bankPaymentState", paymentStateName(one.state))}
        </Tag>
      ),
    },
    { title: t("bankRun.bankReference"), dataIndex: "bankReference", className: "number" },
    { title: t("finance.reason"), dataIndex: "reason" },
    {
      title: t("bankRun.attention"),
      render: (_, one) =>
        one.attention && (
          <>
            <Tag color="red">{name("bankAttention", one.attention)}</Tag>
            <span className="quiet">{one.attentionDetail}</span>
          </>
        ),
    },
  ];
}
