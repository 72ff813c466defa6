import type {
  FigureDefinition,
  FigureItem,
} from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { Button, Table, type TableColumnsType } from "antd";
import { useMemberName } from "../case/queries";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { useItems, type Days } from "./queries";
import { CaseOfItem, OrderOfItem } from "./ItemLinks";
import { denominatorText, kindText, numeratorText } from "./values";

// The cases and orders whose parts add up to the figure.
export function FigureItems({ of, days }: { of: FigureDefinition; days: Days }) {
  const words = useWords();
  const { t, name } = words;
  const memberName = useMemberName();
  const read = useItems(of.figureId, days);
  const columns: TableColumnsType<FigureItem> = [
    { title: t("figures.day"), dataIndex: "day", className: "number" },
    {
      title: t("figures.case"),
      className: "number",
      render: (_, item) => (item.caseId ? <CaseOfItem caseId={item.caseId} /> : "—"),
    },
    {
      title: t("case.order"),
      className: "number",
      render: (_, item) => (item.orderId ? <OrderOfItem orderId={item.orderId} /> : "—"),
    },
    {
      title: t("figures.agent"),
      render: (_, item) => (item.agentId ? memberName(item.agentId) : t("common.nobody")),
    },
    {
      title: t("figures.kind"),
      render: (_, item) => (item.kind ? kindText(item.kind, name) : "—"),
    },
    {
      title: t("figures.numerator"),
      align: "right",
      render: (_, item) => numeratorText(of, item, words),
    },
    {
      title: t("figures.denominator"),
      align: "right",
      render: (_, item) => denominatorText(of, item, words),
    },
  ];
  return (
    <Loaded of={read}>
      {(items) => (
        <>
          <Table
            size="small"
            rowKey={(item) => `${item.day} ${item.caseId} ${item.orderId} ${item.kind}`}
            columns={columns}
            dataSource={items}
            locale={{ emptyText: t("figures.noItem") }}
            pagination={
              items.length > 20 && { pageSize: 20, showSizeChanger: false, size: "small" }
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
  );
}
