import type { OrderHit } from "@redress/contract/redress/order/v1/search_service_pb";
import { Alert, Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { statusName } from "../orders/status";
import { More } from "../shared/ui/More";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { CustomerTable } from "./CustomerTable";
import { usePersonsCalled } from "./identities";
import { customerMatchName, orderMatchName } from "./matches";
import { useCustomerSearch, useOrderSearch } from "./queries";

const pageSize = 20;

export function SearchResults({ words }: { words: string }) {
  return (
    <>
      <FoundCustomers words={words} />
      <FoundOrders words={words} />
    </>
  );
}

function FoundCustomers({ words }: { words: string }) {
  const { t, name } = useWords();
  const read = useCustomerSearch(words, pageSize);
  return (
    <section aria-labelledby="found-customers" aria-busy={read.isPlaceholderData}>
      <h2 id="found-customers">{t("search.customers")}</h2>
      <Loaded of={read}>
        {({ hits, isIncomplete }) => (
          <>
            {isIncomplete && <Alert type="info" showIcon title={t("search.incomplete")} />}
            {hits.length === 0 && !read.hasNextPage ? (
              <CalledSo words={words} />
            ) : (
              <CustomerTable
                of={hits.flatMap(({ customer, matched, excerpt }) =>
                  customer
                    ? [
                        {
                          customer,
                          matched: name("customerMatch", customerMatchName(matched)),
                          excerpt,
                        },
                      ]
                    : [],
                )}
              />
            )}
          </>
        )}
      </Loaded>
      <More of={read} />
    </section>
  );
}

// Where nothing else matches, the words may be a whole name besides a nick, such as an open id.
function CalledSo({ words }: { words: string }) {
  const { t } = useWords();
  const called = usePersonsCalled(words, true);
  const hint = `${t("search.hint")} ${t("identity.hint")}`;
  const nobody = <Nothing what={t("search.noCustomers")} hint={hint} />;
  if (!called.isAsked) return nobody;
  return (
    <Loaded of={called}>
      {(persons) =>
        persons.length === 0 ? (
          nobody
        ) : (
          <CustomerTable
            of={persons.flatMap(({ person, name }) =>
              person.customers
                .slice(0, 1)
                .map((customer) => ({ customer, matched: t(`identityKind.${name.kind}`) })),
            )}
          />
        )
      }
    </Loaded>
  );
}

function FoundOrders({ words }: { words: string }) {
  const say = useWords();
  const { t } = say;
  const read = useOrderSearch(words, pageSize);
  return (
    <section aria-labelledby="found-orders" aria-busy={read.isPlaceholderData}>
      <h2 id="found-orders">{t("search.orders")}</h2>
      <Loaded of={read}>
        {({ hits, isIncomplete, areNicksMissing }) => (
          <>
            {isIncomplete && <Alert type="info" showIcon title={t("search.incomplete")} />}
            {areNicksMissing && <Alert type="warning" showIcon title={t("search.nicksMissing")} />}
            {hits.length === 0 && !read.hasNextPage ? (
              <Nothing what={t("search.noOrders")} hint={t("search.hint")} />
            ) : (
              <Table
                rowKey={({ order }) => order?.orderId ?? ""}
                size="small"
                columns={columnsIn(say)}
                dataSource={hits}
                pagination={false}
              />
            )}
          </>
        )}
      </Loaded>
      <More of={read} />
    </section>
  );
}

function columnsIn({ t, name }: Say): TableColumnsType<OrderHit> {
  return [
    {
      title: t("order.number"),
      render: (_, { order }) =>
        order && (
          <Link className="number" to={`/orders/${order.orderId}`}>
            {order.orderNumber}
          </Link>
        ),
    },
    { title: t("order.what"), ellipsis: true, render: (_, { order }) => order?.lines[0]?.title },
    {
      title: t("order.status"),
      render: (_, { order }) => order && name("orderStatus", statusName(order.status)),
    },
    {
      title: t("order.paid"),
      align: "right",
      render: (_, { order }) => <MoneyText of={order?.paid} />,
    },
    {
      title: t("search.matched"),
      render: (_, { matched }) => name("orderMatch", orderMatchName(matched)),
    },
    {
      title: t("order.placed"),
      width: 170,
      render: (_, { order }) => <TimeText of={order?.orderTime} />,
    },
  ];
}
