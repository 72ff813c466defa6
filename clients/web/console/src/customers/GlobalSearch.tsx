import { SearchOutlined } from "@ant-design/icons";
import type { CustomerHit } from "@redress/contract/redress/customer/v1/search_service_pb";
import type { OrderHit } from "@redress/contract/redress/order/v1/search_service_pb";
import { AutoComplete, Input } from "antd";
import { useRef, useState, type ComponentRef } from "react";
import { useNavigate } from "react-router";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { useDebounced } from "../shared/ui/useDebounced";
import { useWords, type Say } from "../shared/words";
import { usePersonsCalled, type CalledPerson } from "./identities";
import { customerMatchName, orderMatchName } from "./matches";
import { useCustomerSearch, useOrderSearch, wordsOf } from "./queries";

const rest_ms = 250;
const mostShown = 6;

// Finds a buyer or an order from any page, by whatever is at hand. The words stay out of the
// address: they may be a phone number.
export function GlobalSearch() {
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const input = useRef<ComponentRef<typeof AutoComplete>>(null);
  const [typed, setTyped] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const wanted = wordsOf(typed);
  const rested = useDebounced(wanted, rest_ms);
  const customers = useCustomerSearch(rested, mostShown);
  const orders = useOrderSearch(rested, mostShown);
  const isFresh = rested !== "" && rested === wanted;
  const called = usePersonsCalled(rested, isFresh && isEmpty(customers) && isEmpty(orders));
  useShortcuts({ "/": () => input.current?.focus() });
  const go = (value: string) => {
    const [kind, id = ""] = value.split(":");
    setTyped("");
    setIsOpen(false);
    input.current?.blur();
    if (kind === "all") void navigate("/customers", { state: { words: wanted } });
    else void navigate(kind === "order" ? `/orders/${id}` : `/customers/${id}`);
  };
  const found = [
    group(t("search.customers"), isFresh ? hitsOf(customers).map(customerOption(words)) : []),
    group(t("search.orders"), isFresh ? hitsOf(orders).map(orderOption(words)) : []),
    group(t("identity.found"), called.isAsked ? (called.data ?? []).map(personOption(words)) : []),
  ].filter((one) => one.options.length > 0);
  const isSearching = !isFresh || customers.isFetching || orders.isFetching || called.isSearching;
  const rest = {
    value: "all",
    label: t(
      isSearching ? "search.searching" : found.length > 0 ? "search.all" : "search.nothingShort",
      { words: wanted },
    ),
  };
  return (
    <AutoComplete
      ref={input}
      className="global-search"
      classNames={{ popup: { root: "global-search-results" } }}
      value={typed}
      open={isOpen && wanted !== ""}
      onOpenChange={setIsOpen}
      options={wanted ? [...found, rest] : []}
      defaultActiveFirstOption
      popupMatchSelectWidth={440}
      showSearch={{
        onSearch: (text) => {
          setTyped(text);
          setIsOpen(true);
        },
      }}
      onSelect={(value: string) => go(value)}
    >
      <Input
        size="small"
        prefix={<SearchOutlined />}
        suffix={<kbd>/</kbd>}
        aria-label={t("search.label")}
        aria-keyshortcuts="/"
        autoComplete="off"
        maxLength={100}
        placeholder={t("search.placeholder")}
      />
    </AutoComplete>
  );
}

interface Found<Hit> {
  data: { hits: Hit[] } | undefined;
  isPlaceholderData: boolean;
}

// Nothing while the hits of other words stand in for those that are looked for: Enter opens the
// first one.
function hitsOf<Hit>({ data, isPlaceholderData }: Found<Hit>): Hit[] {
  return isPlaceholderData ? [] : (data?.hits ?? []);
}

// Nothing was found, and nothing is still looked for.
function isEmpty<Hit>(read: Found<Hit> & { isFetching: boolean; hasNextPage: boolean }): boolean {
  return !read.isFetching && read.data?.hits.length === 0 && !read.hasNextPage;
}

function group(label: string, options: { value: string; label: React.ReactNode }[]) {
  return { label, options };
}

function customerOption({ name }: Say) {
  return ({ customer, matched, excerpt }: CustomerHit) => ({
    value: `customer:${customer?.customerId ?? ""}`,
    label: (
      <div className="queue-line">
        <strong className="cut">{customer?.nick}</strong>
        <span className="quiet cut grow">
          {excerpt || [customer?.maskedContact?.name, customer?.maskedContact?.phone].join(" ")}
        </span>
        <span className="quiet">{name("customerMatch", customerMatchName(matched))}</span>
      </div>
    ),
  });
}

function personOption({ t }: Say) {
  return ({ person, name }: CalledPerson) => ({
    value: `customer:${person.headCustomerId}`,
    label: (
      <div className="queue-line">
        <strong className="cut">{person.customers[0]?.nick}</strong>
        <span className="quiet cut grow">{name.platform}</span>
        <span className="quiet">{t(`identityKind.${name.kind}`)}</span>
      </div>
    ),
  });
}

function orderOption({ name }: Say) {
  return ({ order, matched }: OrderHit) => ({
    value: `order:${order?.orderId ?? ""}`,
    label: (
      <div className="queue-line">
        <strong className="number">{order?.orderNumber}</strong>
        <span className="quiet cut grow">{order?.lines[0]?.title}</span>
        <span className="quiet">{name("orderMatch", orderMatchName(matched))}</span>
      </div>
    ),
  });
}
