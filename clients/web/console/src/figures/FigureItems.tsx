import type {
  FigureDefinition,
  FigureItem,
} from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { Button, Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { useItems, type Days } from "./queries";
import { kindText } from "./values";

// The cases and orders whose parts add up to the figure.
export function FigureItems({ of, days }: { of: FigureDefinition; days: Days }) {
  const { t, name, locale } = useWords();
  const memberName = useMemberName();
  const read = useItems(of.figureId, days);
  const number = new Intl.NumberFormat(locale);
  const columns: TableColumnsType<FigureItem> = [
    { title: t("figures.day"), dataIndex: "day", className: "number" },
    {
      title: t("figures.case"),
      className: "number",
      render: (_, item) =>
        item.caseId ? (
          <Link to={`/cases/${item.caseId}`}>…{item.caseId.slice(-8)}</Link>
        ) : (
          item.orderId && <Link to={`/orders/${item.orderId}`}>…{item.orderId.slice(-8)}</Link>
        ),
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
      render: (_, item) => number.format(item.numerator),
    },
    {
      title: t("figures.denominator"),
      align: "right",
      render: (_, item) => number.format(item.denominator),
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
