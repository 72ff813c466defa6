import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { Code } from "@connectrpc/connect";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Alert, Button, Input, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useWork } from "../session/work";
import { isRefusal } from "../shared/api/refusal";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { OrderTabs } from "./OrderTabs";
import { statusName } from "./status";

function useOrders() {
  const { api, shop } = useWork();
  return useInfiniteQuery({
    queryKey: [shop.shopId, "orders", "all"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.orders.listOrders({ pageToken: pageParam, pageSize: 50 }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    select: (read) => read.pages.flatMap((page) => page.orders),
  });
}

// The shop's orders, newest first, and the one with a number.
export function Component() {
  const { t } = useWords();
  const orders = useOrders();
  const platforms = [...new Set(orders.data?.map((order) => order.platform))];
  return (
    <div className="page">
      <OrderTabs />
      <header className="page-title">
        <h1>{t("order.title")}</h1>
        <OrderSearch platforms={platforms} />
      </header>
      <Loaded of={orders} rows={12}>
        {(read) =>
          read.length === 0 ? (
            <Nothing what={t("order.empty")} />
          ) : (
            <>
              <OrderTable of={read} />
              {orders.hasNextPage && (
                <div className="more">
                  <Button
                    loading={orders.isFetchingNextPage}
                    onClick={() => void orders.fetchNextPage()}
                  >
                    {t("common.loadMore")}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function OrderSearch({ platforms }: { platforms: string[] }) {
  const { t } = useWords();
  const { api } = useWork();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string>();
  const platform = chosen ?? platforms[0] ?? "direct";
  const find = useMutation({
    mutationFn: (orderNumber: string) =>
      api.orders.getOrder({ key: { case: "number", value: { platform, orderNumber } } }),
    onSuccess: ({ order }) => order && void navigate(`/orders/${order.orderId}`),
  });
  const isMissing = find.error && isRefusal(find.error, Code.NotFound);
  return (
    <div className="order-search">
      {platforms.length > 1 && (
        <Select
          aria-label={t("order.platform")}
          value={platform}
          onChange={setChosen}
          options={platforms.map((value) => ({ value }))}
        />
      )}
      <Input.Search
        aria-label={t("order.number")}
        placeholder={t("order.searchHint")}
        loading={find.isPending}
        allowClear
        onSearch={(typed) => typed.trim() && find.mutate(typed.trim())}
      />
      {isMissing && (
        <Alert
          type="info"
          showIcon
          role="status"
          title={t("order.notFound", { number: find.variables })}
        />
      )}
      {find.error && !isMissing && <ErrorNotice error={find.error} />}
    </div>
  );
}

// What the order is recognised by.
function firstLine({ lines: [line] }: Order): string {
  return line?.title || (line?.sku ?? "");
}

function OrderTable({ of }: { of: Order[] }) {
  const { t, name } = useWords();
  const columns: TableColumnsType<Order> = [
    {
      title: t("order.number"),
      width: 170,
      render: (_, order) => (
        <Link className="number" to={`/orders/${order.orderId}`}>
          {order.orderNumber}
        </Link>
      ),
    },
    {
      title: t("order.what"),
      ellipsis: true,
      render: (_, order) => firstLine(order),
    },
    {
      title: t("order.lines"),
      width: 100,
      align: "right",
      render: (_, order) => order.lines.length,
    },
    {
      title: t("order.status"),
      width: 150,
      render: (_, order) => name("orderStatus", statusName(order.status)),
    },
    {
      title: t("order.paid"),
      width: 140,
      align: "right",
      render: (_, order) => <MoneyText of={order.paid} />,
    },
    {
      title: t("order.placed"),
      width: 170,
      render: (_, order) => <TimeText of={order.orderTime} />,
    },
  ];
  return (
    <Table rowKey="orderId" size="small" columns={columns} dataSource={of} pagination={false} />
  );
}
