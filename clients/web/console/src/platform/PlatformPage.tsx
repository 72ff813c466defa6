import type {
  PlatformRefund,
  Unmapped,
} from "@redress/contract/redress/aftersales/v1/platform_service_pb";
import { Button, Segmented, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { useRefunds, useUnmapped, type Pages } from "./queries";

// What the platform says of refunds: where it and our cases differ, and what nothing of ours maps.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const [differing, setDiffering] = useState(true);
  const read = useRefunds(differing);
  useShortcuts({ d: () => setDiffering((shown) => !shown) });
  const mayReadUnmapped = can("ROLE_SUPERVISOR") || can("ROLE_ADMIN") || can("ROLE_AUDITOR");
  return (
    <div className="page">
      <header className="page-title">
        <h1>{t("platform.title")}</h1>
        <Segmented
          aria-label={t("platform.shown")}
          aria-keyshortcuts="d"
          value={differing}
          onChange={(chosen: boolean) => setDiffering(chosen)}
          options={[
            { value: true, label: t("platform.differing") },
            { value: false, label: t("common.all") },
          ]}
        />
      </header>
      <Loaded of={read} rows={8}>
        {(refunds) =>
          refunds.length === 0 ? (
            <Nothing
              what={t(differing ? "platform.noneDiffer" : "platform.empty")}
              hint={t("platform.emptyHint")}
            />
          ) : (
            <RefundTable of={refunds} />
          )
        }
      </Loaded>
      <More of={read} />
      {mayReadUnmapped && <UnmappedFields />}
    </div>
  );
}

function UnmappedFields() {
  const words = useWords();
  const { t } = words;
  const read = useUnmapped();
  return (
    <section aria-labelledby="unmapped-title">
      <h2 id="unmapped-title">{t("platform.unmapped")}</h2>
      <p className="quiet">{t("platform.unmappedHint")}</p>
      <Loaded of={read}>
        {(unmapped) =>
          unmapped.length === 0 ? (
            <Nothing what={t("platform.allMapped")} />
          ) : (
            <Table
              rowKey={(one) => `${one.field} ${one.code}`}
              size="small"
              columns={unmappedColumnsIn(words)}
              dataSource={unmapped}
              pagination={false}
            />
          )
        }
      </Loaded>
      <More of={read} />
    </section>
  );
}

function More({ of }: { of: Pages }) {
  const { t } = useWords();
  if (!of.hasNextPage) return null;
  return (
    <div className="more">
      <Button loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {t("common.loadMore")}
      </Button>
    </div>
  );
}

function RefundTable({ of }: { of: PlatformRefund[] }) {
  return (
    <Table
      rowKey="refundId"
      size="small"
      columns={refundColumnsIn(useWords())}
      dataSource={of}
      pagination={false}
    />
  );
}

// Amounts of a difference are minor units; the case itself shows them as money.
function refundColumnsIn({ t, name }: Say): TableColumnsType<PlatformRefund> {
  return [
    { title: t("platform.refund"), dataIndex: "refundId", className: "number" },
    {
      title: t("platform.status"),
      render: (_, one) => name("platformStatus", one.status || "UNKNOWN"),
    },
    { title: t("platform.order"), dataIndex: "orderNumber", className: "number" },
    {
      title: t("platform.case"),
      render: (_, one) =>
        one.caseNumber > 0n ? (
          <Link to={`/workbench/${String(one.caseNumber)}`}>#{String(one.caseNumber)}</Link>
        ) : (
          <span className="quiet">{t("common.none")}</span>
        ),
    },
    {
      title: t("platform.state"),
      render: (_, one) => one.caseState && name("state", one.caseState),
    },
    {
      title: t("platform.attention"),
      render: (_, one) =>
        one.attention && (
          <>
            <Tag color="orange" variant="filled">
              {name("platformAttention", one.attention)}
            </Tag>
            <div className="quiet">{one.detail}</div>
          </>
        ),
    },
    { title: t("platform.retry"), render: (_, one) => <TimeText of={one.retryTime} /> },
    { title: t("platform.heard"), render: (_, one) => <TimeText of={one.updateTime} /> },
  ];
}

function unmappedColumnsIn({ t }: Say): TableColumnsType<Unmapped> {
  return [
    { title: t("platform.field"), dataIndex: "field", className: "number" },
    { title: t("platform.code"), dataIndex: "code", className: "number" },
    {
      title: t("platform.objects"),
      align: "right",
      render: (_, one) => String(one.objects),
    },
    { title: t("platform.example"), dataIndex: "refundId", className: "number" },
    { title: t("platform.first"), render: (_, one) => <TimeText of={one.firstTime} /> },
    { title: t("platform.last"), render: (_, one) => <TimeText of={one.lastTime} /> },
  ];
}
