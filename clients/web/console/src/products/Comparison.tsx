import type { ComparedProperty } from "@redress/contract/redress/order/v1/product_service_pb";
import { Table, type TableColumnsType } from "antd";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { useComparison } from "./queries";

// Products side by side: what differs first.
export function Comparison({ of }: { of: string[] }) {
  const { t, name } = useWords();
  const read = useComparison(of);
  return (
    <Loaded of={read} rows={8}>
      {({ products, properties }) => {
        const columns: TableColumnsType<ComparedProperty> = [
          {
            title: t("product.property"),
            fixed: "left",
            render: (_, one) => (
              <span className={one.equal ? "quiet" : ""}>{name("comparedProperty", one.name)}</span>
            ),
          },
          ...products.map((product, at) => ({
            title: product.title,
            render: (_: unknown, one: ComparedProperty) =>
              one.equal ? (
                <span className="quiet">{one.values[at]}</span>
              ) : (
                <strong>{one.values[at] || "—"}</strong>
              ),
          })),
        ];
        return (
          <Table
            rowKey="name"
            size="small"
            columns={columns}
            dataSource={properties}
            pagination={false}
            scroll={{ x: "max-content" }}
          />
        );
      }}
    </Loaded>
  );
}
