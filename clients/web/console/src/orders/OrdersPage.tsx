import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Alert, Button, Input, Table, type TableColumnsType } from "antd";
import { Link, useNavigate } from "react-router";
import { BuyerLink } from "../customer/BuyerLink";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { numbered } from "./numbered";
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
  return (
    <div className="page">
      <OrderTabs />
      <header className="page-title">
        <h1>{t("order.title")}</h1>
        <OrderSearch />
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

// Opens the order with a number; where several platforms have one, a person chooses.
function OrderSearch() {
  const { t } = useWords();
  const { api } = useWork();
  const navigate = useNavigate();
  const find = useMutation({
    mutationFn: async (words: string) =>
      numbered((await api.orderSearch.searchOrders({ words })).hits),
    onSuccess: ([order, ...others]) => {
      if (order && others.length === 0) void navigate(`/orders/${order.orderId}`);
    },
  });
  const number = find.variables;
  return (
    <div className="order-search">
      <Input.Search
        aria-label={t("order.number")}
        placeholder={t("order.searchHint")}
        loading={find.isPending}
        allowClear
        maxLength={100}
        onSearch={(typed) => typed.trim() && find.mutate(typed.trim())}
      />
      {find.data?.length === 0 && (
        <Alert type="info" showIcon role="status" title={t("order.notFound", { number })} />
      )}
      {find.data && find.data.length > 1 && (
        <Alert
          type="info"
          showIcon
          role="status"
          title={t("order.several", { number })}
          description={<PlatformLinks of={find.data} />}
        />
      )}
      {find.error && <ErrorNotice error={find.error} />}
    </div>
  );
}

function PlatformLinks({ of }: { of: Order[] }) {
  return (
    <ul className="mini-list">
      {of.map((order) => (
        <li key={order.orderId}>
          <Link to={`/orders/${order.orderId}`}>{order.platform}</Link> {firstLine(order)}
        </li>
      ))}
    </ul>
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
      title: t("customer.title"),
      width: 90,
      render: (_, order) => <BuyerLink customerId={order.customerId} />,
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
