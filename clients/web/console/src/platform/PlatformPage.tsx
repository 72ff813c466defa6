import type {
  PlatformRefund,
  Unmapped,
} from "@redress/contract/redress/aftersales/v1/platform_service_pb";
import { Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { More } from "../shared/ui/More";
import { RatingList } from "./RatingList";
import { sharedColumnsIn } from "./columns";
import { useRefunds, useUnmapped } from "./queries";

type Kind = "refunds" | "ratings";

// What the platform says of refunds and ratings: where it and our cases differ, and what nothing of
// ours maps.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const [kind, setKind] = useState<Kind>("refunds");
  const [differing, setDiffering] = useState(true);
  useShortcuts({
    d: () => setDiffering((shown) => !shown),
    k: () => setKind((shown) => (shown === "refunds" ? "ratings" : "refunds")),
  });
  const mayReadUnmapped = can("ROLE_SUPERVISOR") || can("ROLE_ADMIN") || can("ROLE_AUDITOR");
  return (
    <div className="page">
      <header className="page-title">
        <h1>{t("platform.title")}</h1>
        <Segmented
          aria-label={t("rating.kinds")}
          aria-keyshortcuts="k"
          value={kind}
          onChange={(chosen: Kind) => setKind(chosen)}
          options={[
            { value: "refunds", label: t("rating.refunds") },
            { value: "ratings", label: t("rating.ratings") },
          ]}
        />
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
      {kind === "refunds" ? (
        <RefundList differing={differing} />
      ) : (
        <RatingList differing={differing} />
      )}
      {mayReadUnmapped && <UnmappedFields />}
    </div>
  );
}

function RefundList({ differing }: { differing: boolean }) {
  const { t } = useWords();
  const read = useRefunds(differing);
  return (
    <>
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
    </>
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

function refundColumnsIn(words: Say): TableColumnsType<PlatformRefund> {
  const { t, name } = words;
  return [
    { title: t("platform.refund"), dataIndex: "refundId", className: "number" },
    {
      title: t("platform.status"),
      render: (_, one) => name("platformStatus", one.status || "UNKNOWN"),
    },
    ...sharedColumnsIn<PlatformRefund>(words, t("platform.case"), () => t("common.none")),
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
