import type { FunnelCase } from "@redress/contract/redress/scoring/v1/funnel_service_pb";
import { Button, Table, type TableColumnsType } from "antd";
import { useMemberName } from "../case/queries";
import { CaseOfItem, OrderOfItem } from "../figures/ItemLinks";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import type { Behind } from "./behind";
import { useCasesBehind, type Asked } from "./queries";

interface Props {
  query: Asked;
  behind: Behind;
  onClose: () => void;
}

// The cases behind one count.
export function FunnelCases({ query, behind, onClose }: Props) {
  const { t, name } = useWords();
  const memberName = useMemberName();
  const read = useCasesBehind(query, behind);
  const title = titleOf(behind);
  const columns: TableColumnsType<FunnelCase> = [
    { title: t("figures.case"), render: (_, of) => <CaseOfItem caseId={of.caseId} /> },
    {
      title: t("case.order"),
      render: (_, of) => (of.orderId ? <OrderOfItem orderId={of.orderId} /> : "—"),
    },
    {
      title: t("figures.agent"),
      render: (_, of) => (of.agentId ? memberName(of.agentId) : t("common.nobody")),
    },
    { title: t("funnel.time"), render: (_, of) => <TimeText of={of.stepTime} /> },
  ];
  return (
    <section className="pane funnel-cases" aria-label={title}>
      <header className="pane-title">
        <h2>{title}</h2>
        <span className="grow" />
        <Button size="small" onClick={onClose}>
          {t("funnel.close")}
        </Button>
      </header>
      <Loaded of={read}>
        {(cases) => (
          <>
            <Table
              size="small"
              rowKey={(of) => `${of.caseId}/${of.sequence}`}
              columns={columns}
              dataSource={cases}
              locale={{ emptyText: t("funnel.noCase") }}
              pagination={
                cases.length > 20 && { pageSize: 20, showSizeChanger: false, size: "small" }
              }
            />
            {read.hasNextPage && (
              <Button size="small" onClick={() => void read.fetchNextPage()}>
                {t("common.loadMore")}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </section>
  );

  function titleOf(of: Behind): string {
    if (of.case === "entered") return t("funnel.behindEntered", { state: name("state", of.value) });
    if (of.case === "now") return t("funnel.behindNow", { state: name("state", of.value) });
    return t("funnel.behindEdge", {
      from: of.value.fromState ? name("state", of.value.fromState) : t("funnel.opening"),
      event: name("event", of.value.event),
      to: name("state", of.value.toState),
    });
  }
}
