import type {
  FigureDefinition,
  FigureValue,
} from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { Table, type TableColumnsType } from "antd";
import { useMemberName } from "../case/queries";
import { useWords } from "../shared/words";
import { denominatorText, kindText, numeratorText, valueText } from "./values";

interface Props {
  of: FigureDefinition;
  values: FigureValue[];
  by: "day" | "agent";
}

export function FigureTable({ of, values, by }: Props) {
  const words = useWords();
  const { t, name } = words;
  const memberName = useMemberName();
  const columns: TableColumnsType<FigureValue> = [
    by === "day"
      ? { title: t("figures.day"), dataIndex: "day", className: "number" }
      : {
          title: t("figures.agent"),
          render: (_, row) => (row.agentId ? memberName(row.agentId) : t("figures.shop")),
        },
    {
      title: t("figures.kind"),
      render: (_, row) => (row.kind ? kindText(row.kind, name) : t("common.all")),
    },
    {
      title: t("figures.value"),
      align: "right",
      render: (_, row) => valueText(of.unit, row, words),
    },
    {
      title: t("figures.numerator"),
      align: "right",
      render: (_, row) => numeratorText(of, row, words),
    },
    {
      title: t("figures.denominator"),
      align: "right",
      render: (_, row) => denominatorText(of, row, words),
    },
  ];
  return (
    <Table
      size="small"
      rowKey={(row) => `${row.day} ${row.agentId} ${row.kind} ${row.currencyCode}`}
      columns={columns}
      dataSource={values}
      locale={{ emptyText: t("figures.empty") }}
      pagination={values.length > 20 && { pageSize: 20, showSizeChanger: false, size: "small" }}
    />
  );
}
