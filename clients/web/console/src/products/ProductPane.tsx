import {
  RecommendationKind,
  type Product,
  type Recommendation,
  type Sku,
} from "@redress/contract/redress/order/v1/product_service_pb";
import { Segmented, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useRecommended } from "./queries";
import { Stock } from "./Stock";

interface Props {
  of: Product;
  onOpen: (product: Product) => void;
}

// One product, what may be chosen of it, and what could take its place or go with it.
export function ProductPane({ of, onOpen }: Props) {
  const { t } = useWords();
  const columns: TableColumnsType<Sku> = [
    { title: t("product.properties"), dataIndex: "properties" },
    { title: t("product.code"), dataIndex: "code", className: "number" },
    {
      title: t("product.price"),
      align: "right",
      render: (_, one) => <MoneyText of={one.price} />,
    },
    { title: t("product.stock"), align: "right", render: (_, one) => <Stock of={one} /> },
  ];
  return (
    <>
      <Facts
        of={[
          { label: t("product.code"), value: of.code || "—" },
          { label: t("product.category"), value: of.category || "—" },
          { label: t("product.price"), value: <MoneyText of={of.price} /> },
          { label: t("product.stock"), value: <Stock of={of} /> },
          of.properties && { label: t("product.properties"), value: of.properties, wide: true },
        ]}
      />
      {of.skus.length > 0 && (
        <Table
          rowKey="skuNumber"
          size="small"
          columns={columns}
          dataSource={of.skus}
          pagination={of.skus.length > 20 && { pageSize: 20, showSizeChanger: false }}
        />
      )}
      <Recommended of={of} onOpen={onOpen} />
    </>
  );
}

function Recommended({ of, onOpen }: Props) {
  const { t } = useWords();
  const [kind, setKind] = useState(RecommendationKind.EQUAL);
  const read = useRecommended(of.productId, kind);
  return (
    <section aria-label={t("product.recommended")} className="recommended">
      <div className="page-title">
        <h3>{t("product.recommended")}</h3>
        <Segmented
          size="small"
          aria-label={t("product.recommended")}
          value={kind}
          onChange={(picked: RecommendationKind) => setKind(picked)}
          options={[
            { value: RecommendationKind.EQUAL, label: t("product.equal") },
            { value: RecommendationKind.MATCHING, label: t("product.matching") },
          ]}
        />
      </div>
      <Loaded of={read}>
        {(found) =>
          found.length === 0 ? (
            <Nothing what={t("product.noneRecommended")} />
          ) : (
            <ul className="mini-list">
              {found.map((one) => (
                <RecommendedLine key={one.product?.productId} of={one} onOpen={onOpen} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function RecommendedLine({ of, onOpen }: { of: Recommendation; onOpen: Props["onOpen"] }) {
  const { t } = useWords();
  const { product } = of;
  if (!product) return null;
  return (
    <li>
      <div className="queue-line">
        <button type="button" className="link-button" onClick={() => onOpen(product)}>
          {product.title}
        </button>
        <span className="grow" />
        <MoneyText of={product.price} />
        <Stock of={product} />
      </div>
      <div className="queue-line">
        {of.sameCategory && <Tag variant="filled">{t("product.sameCategory")}</Tag>}
        {of.sharedProperties.map((property) => (
          <Tag key={property} variant="filled">
            {property}
          </Tag>
        ))}
        {of.boughtTogether > 0 && (
          <Tag color="blue" variant="filled">
            {t("product.together", { count: of.boughtTogether, seen: of.ordersSeen })}
          </Tag>
        )}
      </div>
    </li>
  );
}
