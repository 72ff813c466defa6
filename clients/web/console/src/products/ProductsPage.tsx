import type { Product } from "@redress/contract/redress/order/v1/product_service_pb";
import { Button, Checkbox, Drawer, Input, Table, type InputRef, type TableColumnsType } from "antd";
import { useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { OrderTabs } from "../orders/OrderTabs";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { Comparison } from "./Comparison";
import { ProductPane } from "./ProductPane";
import { useProduct, useProducts } from "./queries";
import { Stock } from "./Stock";

const mostCompared = 10;

// What the shop sells: found by words or code, with its stock; some can be put side by side.
export function Component() {
  const words = useWords();
  const { t } = words;
  const input = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const [inStock, setInStock] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const [isComparing, setComparing] = useState(false);
  const [search, setSearch] = useSearchParams();
  const open = (product: Product) => setSearch({ product: product.productId });
  const read = useProducts(text, inStock);
  useShortcuts({ f: () => input.current?.focus() });
  return (
    <div className="page">
      <OrderTabs />
      <header className="page-title">
        <h1>{t("product.title")}</h1>
        <Input.Search
          ref={input}
          className="wide-input"
          aria-label={t("product.search")}
          placeholder={t("product.searchHint")}
          maxLength={60}
          allowClear
          onSearch={(typed) => setText(typed.trim())}
        />
        <Checkbox checked={inStock} onChange={(event) => setInStock(event.target.checked)}>
          {t("product.inStock")}
        </Checkbox>
        <Button
          disabled={chosen.length < 2}
          title={chosen.length < 2 ? t("product.compareHint") : undefined}
          onClick={() => setComparing(true)}
        >
          {t("product.compare", { count: chosen.length })}
        </Button>
      </header>
      <Loaded of={read} rows={8}>
        {(products) =>
          products.length === 0 ? (
            <Nothing what={t("product.empty")} hint={t("product.emptyHint")} />
          ) : (
            <Table
              rowKey="productId"
              size="small"
              columns={columnsIn(words, open)}
              dataSource={products}
              pagination={false}
              rowSelection={{
                selectedRowKeys: chosen,
                hideSelectAll: true,
                preserveSelectedRowKeys: true,
                getCheckboxProps: (one) => ({
                  disabled: chosen.length >= mostCompared && !chosen.includes(one.productId),
                }),
                onChange: (keys) => setChosen(keys.map(String)),
              }}
            />
          )
        }
      </Loaded>
      <More of={read} />
      <Drawer
        open={isComparing}
        size={900}
        title={t("product.compare", { count: chosen.length })}
        destroyOnHidden
        onClose={() => setComparing(false)}
      >
        <Comparison of={chosen} />
      </Drawer>
      <ProductDrawer
        of={search.get("product") ?? ""}
        onOpen={open}
        onClose={() => setSearch({}, { replace: true })}
      />
    </div>
  );
}

interface ProductDrawerProps {
  // Empty for none.
  of: string;
  onOpen: (product: Product) => void;
  onClose: () => void;
}

// The product that the address names, so that one can be led to it.
function ProductDrawer({ of, onOpen, onClose }: ProductDrawerProps) {
  return (
    <Drawer
      open={of !== ""}
      size={620}
      title={of && <ProductTitle of={of} />}
      destroyOnHidden
      onClose={onClose}
    >
      {of && <ShownProduct key={of} of={of} onOpen={onOpen} />}
    </Drawer>
  );
}

function ProductTitle({ of }: { of: string }) {
  const { t } = useWords();
  return useProduct(of).data?.title ?? t("product.name");
}

function ShownProduct({ of, onOpen }: Pick<ProductDrawerProps, "of" | "onOpen">) {
  const read = useProduct(of);
  return (
    <Loaded of={read} rows={8}>
      {(product) => <ProductPane of={product} onOpen={onOpen} />}
    </Loaded>
  );
}

function columnsIn({ t }: Say, onOpen: (product: Product) => void): TableColumnsType<Product> {
  return [
    {
      title: t("product.name"),
      render: (_, one) => (
        <button type="button" className="link-button" onClick={() => onOpen(one)}>
          {one.title}
        </button>
      ),
    },
    { title: t("product.code"), render: (_, one) => <span className="number">{one.code}</span> },
    { title: t("order.platform"), dataIndex: "platform" },
    { title: t("product.category"), dataIndex: "category" },
    {
      title: t("product.price"),
      align: "right",
      render: (_, one) => <MoneyText of={one.price} />,
    },
    { title: t("product.stock"), align: "right", render: (_, one) => <Stock of={one} /> },
    { title: t("product.skus"), align: "right", render: (_, one) => one.skus.length },
  ];
}
