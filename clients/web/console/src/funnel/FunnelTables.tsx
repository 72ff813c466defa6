import type { Duration } from "@bufbuild/protobuf/wkt";
import type {
  FunnelEdge,
  FunnelState,
  GetFunnelResponse,
} from "@redress/contract/redress/scoring/v1/funnel_service_pb";
import { Button, Checkbox, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { spanText } from "../shared/format/time";
import { useWords, type Say } from "../shared/words";
import { textOf, type Behind } from "./behind";

interface Props {
  funnel: GetFunnelResponse;
  // Undefined where the reader may not see the cases.
  onChoose: ((behind: Behind) => void) | undefined;
}

function Count({ of, behind, onChoose }: { of: bigint; behind: Behind } & Pick<Props, "onChoose">) {
  const { locale } = useWords();
  const text = new Intl.NumberFormat(locale).format(of);
  if (!onChoose || of === 0n) return text;
  return (
    <Button type="link" size="small" data-behind={textOf(behind)} onClick={() => onChoose(behind)}>
      {text}
    </Button>
  );
}

function stayText(stay: Duration | undefined, { t }: Say): string {
  return stay ? spanText(Number(stay.seconds) * 1000 + stay.nanos / 1_000_000, t) : "—";
}

export function StateTable({ funnel, onChoose }: Props) {
  const words = useWords();
  const { t, name, locale } = words;
  const number = (of: bigint) => new Intl.NumberFormat(locale).format(of);
  const columns: TableColumnsType<FunnelState> = [
    {
      title: t("funnel.state"),
      render: (_, of) => (
        <>
          {name("state", of.state)} {of.final && <Tag variant="filled">{t("funnel.final")}</Tag>}
        </>
      ),
    },
    {
      title: t("funnel.entered"),
      align: "right",
      render: (_, of) => (
        <Count of={of.entered} behind={{ case: "entered", value: of.state }} onChoose={onChoose} />
      ),
    },
    { title: t("funnel.cases"), align: "right", render: (_, of) => number(of.cases) },
    { title: t("funnel.left"), align: "right", render: (_, of) => number(of.left) },
    {
      title: t("funnel.mean"),
      align: "right",
      render: (_, of) => (
        <>
          {stayText(of.meanStay, words)}
          {of.unknownStays > 0n && (
            <div className="quiet">
              {t("funnel.unknownStays", { count: Number(of.unknownStays) })}
            </div>
          )}
        </>
      ),
    },
    {
      title: t("funnel.median"),
      align: "right",
      render: (_, of) => stayText(of.medianStay, words),
    },
    {
      title: t("funnel.p90"),
      align: "right",
      render: (_, of) => stayText(of.p90Stay, words),
    },
    {
      title: t("funnel.now"),
      align: "right",
      render: (_, of) => (
        <Count of={of.now} behind={{ case: "now", value: of.state }} onChoose={onChoose} />
      ),
    },
  ];
  return (
    <Table
      size="small"
      rowKey="state"
      aria-label={t("funnel.states")}
      columns={columns}
      dataSource={funnel.states}
      pagination={false}
    />
  );
}

export function EdgeTable({ funnel, onChoose }: Props) {
  const { t, name, locale } = useWords();
  const [withStays, setWithStays] = useState(false);
  const edges = funnel.edges.filter((edge) => withStays || edge.fromState !== edge.toState);
  const columns: TableColumnsType<FunnelEdge> = [
    {
      title: t("funnel.from"),
      render: (_, of) => (of.fromState ? name("state", of.fromState) : t("funnel.opening")),
    },
    { title: t("funnel.event"), render: (_, of) => name("event", of.event) },
    { title: t("funnel.to"), render: (_, of) => name("state", of.toState) },
    {
      title: t("funnel.taken"),
      align: "right",
      render: (_, { fromState, event, toState, taken }) => (
        <Count
          of={taken}
          behind={{ case: "edge", value: { fromState, event, toState } }}
          onChoose={onChoose}
        />
      ),
    },
    {
      title: t("funnel.cases"),
      align: "right",
      render: (_, of) => new Intl.NumberFormat(locale).format(of.cases),
    },
  ];
  return (
    <>
      <Checkbox checked={withStays} onChange={(event) => setWithStays(event.target.checked)}>
        {t("funnel.stays")}
      </Checkbox>
      <Table
        size="small"
        rowKey={(of) => [of.fromState, of.event, of.toState].join("|")}
        aria-label={t("funnel.edges")}
        columns={columns}
        dataSource={edges}
        pagination={edges.length > 20 && { pageSize: 20, showSizeChanger: false, size: "small" }}
      />
    </>
  );
}
