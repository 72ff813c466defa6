#include "tests/bench/volume_readings.h"

#include <redress/customer/v1/search_service.pb.h>
#include <redress/customer/v1/timeline_service.pb.h>
#include <redress/order/v1/search_service.pb.h>

#include <algorithm>
#include <stdexcept>

#include "services/platform/database/transact.h"
#include "services/platform/search/search_text.h"

namespace redress::bench {
namespace {

using platform::Connection;
using platform::Result;
using platform::Value;

constexpr std::size_t kPage = 20;

void FindOrders(VolumeShop& shop, const std::string& words) {
  order::v1::SearchOrdersRequest request;
  request.set_words(words);
  const auto found = shop.agent().Call<order::v1::SearchOrdersResponse>(std::move(request));
  if (found.hits().empty()) throw std::runtime_error("no order was found by " + words);
}

void FindCustomers(VolumeShop& shop, const std::string& words) {
  customer::v1::SearchCustomersRequest request;
  request.set_words(words);
  const auto found = shop.agent().Call<customer::v1::SearchCustomersResponse>(std::move(request));
  if (found.hits().empty()) throw std::runtime_error("no customer was found by " + words);
}

std::uint64_t SomeOrder(const VolumeOrders& orders, std::uint64_t n) {
  return orders.Draw("read", n, orders.size().orders);
}

std::string NickOf(const VolumeOrders& orders, std::uint64_t n) {
  return orders.NickOf(orders.CustomerOf(SomeOrder(orders, n)));
}

// Characters from the middle of a nick: four digits, or a word and the digits behind it.
std::string PartOf(const std::string& nick) {
  return nick.starts_with("tb") ? nick.substr(4, 5) : nick.substr(6);
}

// An order with a parcel; nearly all have one.
std::uint64_t SomeShipped(const VolumeOrders& orders, std::uint64_t n) {
  std::uint64_t order = SomeOrder(orders, n);
  while (orders.Order(order).shipments().empty()) order = (order + 1) % orders.size().orders;
  return order;
}

// The longest word of a title, and the one before or behind it.
std::string TitleWords(const VolumeOrders& orders, std::uint64_t n) {
  const std::string title = orders.Order(SomeOrder(orders, n)).lines(0).title();
  const std::size_t first = title.find(' ');
  const std::size_t second = first == std::string::npos ? first : title.find(' ', first + 1);
  return title.substr(0, second);
}

platform::DatabaseConfig DatabaseOf(const e2e::Stack& stack, const std::string& service) {
  platform::DatabaseConfig config;
  config.socket_path = stack.state() / "run/mysql.sock";
  config.user = config.schema = "redress_" + service;
  config.password_file = stack.state() / "passwords" / ("redress_" + service + ".password");
  return config;
}

}  // namespace

std::vector<Reading> Searches(VolumeShop& shop, const VolumeOrders& orders) {
  return {{"order by number", 6,
           [&](std::uint64_t n) { FindOrders(shop, orders.NumberOf(SomeOrder(orders, n))); }},
          {"order by the end of its number", 2,
           [&](std::uint64_t n) {
             FindOrders(shop, orders.NumberOf(SomeOrder(orders, n)).substr(12));
           }},
          {"order by the beginning of its number", 1,
           [&](std::uint64_t n) {
             FindOrders(shop, orders.NumberOf(SomeOrder(orders, n)).substr(0, 11));
           }},
          {"order by parcel", 2,
           [&](std::uint64_t n) { FindOrders(shop, orders.ParcelOf(SomeShipped(orders, n))); }},
          {"order by phone", 2,
           [&](std::uint64_t n) {
             FindOrders(shop, orders.PhoneOf(orders.CustomerOf(SomeOrder(orders, n))));
           }},
          {"order by nick", 2, [&](std::uint64_t n) { FindOrders(shop, NickOf(orders, n)); }},
          {"order by title", 3, [&](std::uint64_t n) { FindOrders(shop, TitleWords(orders, n)); }},
          {"customer by nick", 3, [&](std::uint64_t n) { FindCustomers(shop, NickOf(orders, n)); }},
          {"customer by phone", 2,
           [&](std::uint64_t n) {
             FindCustomers(shop, orders.PhoneOf(orders.CustomerOf(SomeOrder(orders, n))));
           }},
          {"customer by the beginning of a nick", 2,
           [&](std::uint64_t n) {
             const std::string nick = NickOf(orders, n);
             FindCustomers(shop, nick.starts_with("tb") ? nick.substr(0, 6) : nick.substr(0, 12));
           }},
          {"customer by a part of a nick", 2,
           [&](std::uint64_t n) { FindCustomers(shop, PartOf(NickOf(orders, n))); }},
          // What everybody has: millions of rows begin so.
          {"customer by two common letters", 1, [&](std::uint64_t) { FindCustomers(shop, "tb"); }}};
}

std::vector<Reading> Timelines(VolumeShop& shop, const VolumeOrders& orders) {
  return {{"timeline", 1, [&](std::uint64_t n) {
             customer::v1::GetTimelineRequest request;
             request.mutable_nick()->set_platform("taobao");
             request.mutable_nick()->set_nick(NickOf(orders, n));
             const auto found =
                 shop.agent().Call<customer::v1::GetTimelineResponse>(std::move(request));
             if (found.entries().empty()) throw std::runtime_error("a timeline is empty");
           }}};
}

PlainReadings::PlainReadings(VolumeShop& shop, const VolumeOrders& orders)
    : orders_(orders),
      shop_(std::stoull(shop.shop_id())),
      order_(DatabaseOf(shop.stack(), "order")),
      customer_(DatabaseOf(shop.stack(), "customer")) {}

void PlainReadings::ReadOrders(Connection& db, const std::vector<std::uint64_t>& ids) {
  for (const std::uint64_t id : ids) {
    db.Query(
        "SELECT order_number, customer_id, status, order_at FROM orders"
        " WHERE shop_id = ? AND order_id = ?",
        {shop_, id});
    db.Query(
        "SELECT line_number, title, quantity, paid_minor FROM order_lines"
        " WHERE shop_id = ? AND order_id = ?",
        {shop_, id});
  }
}

void PlainReadings::OrderByNumber(std::uint64_t n) {
  platform::Read(order_, [&](Connection& db) {
    Result rows = db.Query(
        "SELECT order_id FROM orders FORCE INDEX (by_number)"
        " WHERE shop_id = ? AND platform = 'taobao' AND order_number = ?",
        {shop_, orders_.NumberOf(SomeOrder(orders_, n))});
    if (!rows.Next()) throw std::runtime_error("an order is missing");
    ReadOrders(db, {rows.Uint64(0)});
  });
}

void PlainReadings::OrdersByParcel(std::uint64_t n) {
  platform::Read(order_, [&](Connection& db) {
    Result rows = db.Query(
        "SELECT order_id FROM shipments FORCE INDEX (by_tracking)"
        " WHERE shop_id = ? AND tracking_number = ?",
        {shop_, orders_.ParcelOf(SomeShipped(orders_, n))});
    if (!rows.Next()) throw std::runtime_error("a parcel is missing");
    ReadOrders(db, {rows.Uint64(0)});
  });
}

void PlainReadings::CustomersByNick(std::uint64_t n) {
  const auto range = platform::RangeOf(platform::Fold(PartOf(NickOf(orders_, n))));
  platform::Read(customer_, [&](Connection& db) {
    Result rows = db.Query(
        "SELECT c.customer_id, c.nick FROM nick_words AS w JOIN customers AS c"
        " ON c.shop_id = w.shop_id AND c.customer_id = w.customer_id WHERE w.shop_id = ?"
        " AND w.place = 1 AND w.word >= ? AND w.word < ? LIMIT ?",
        {shop_, range.low, range.high, kPage});
    if (!rows.Next()) throw std::runtime_error("a nick is missing");
  });
}

void PlainReadings::OrdersByTitle(std::uint64_t n) {
  const auto range = platform::RangeOf(platform::Fold(TitleWords(orders_, n)));
  platform::Read(order_, [&](Connection& db) {
    Result titles = db.Query(
        "SELECT title_id FROM title_words WHERE shop_id = ? AND word >= ? AND word < ? LIMIT 1",
        {shop_, range.low, range.high});
    if (!titles.Next()) throw std::runtime_error("a title is missing");
    Result rows = db.Query(
        "SELECT order_id FROM title_orders WHERE shop_id = ? AND title_id = ?"
        " ORDER BY order_id DESC LIMIT ?",
        {shop_, titles.Uint64(0), kPage});
    std::vector<std::uint64_t> ids;
    while (rows.Next()) ids.push_back(rows.Uint64(0));
    ReadOrders(db, ids);
  });
}

void PlainReadings::Timeline(std::uint64_t n) {
  platform::Read(customer_, [&](Connection& db) {
    Result rows = db.Query(
        "SELECT customer_id FROM customers WHERE shop_id = ? AND platform = 'taobao' AND nick = ?",
        {shop_, NickOf(orders_, n)});
    if (!rows.Next()) throw std::runtime_error("a nick is missing");
    const std::uint64_t id = rows.Uint64(0);
    for (const char* table : {"customer_orders", "customer_cases", "customer_conversations",
                              "customer_adjustments", "customer_coupons"}) {
      db.Query(
          std::string("SELECT * FROM ") + table + " WHERE shop_id = ? AND customer_id = ? LIMIT 50",
          {shop_, id});
    }
    db.Query("SELECT * FROM customer_figures WHERE shop_id = ? AND customer_id = ?", {shop_, id});
  });
}

std::vector<Reading> PlainReadings::Timelines() {
  return {{"timeline", 1, [this](std::uint64_t n) { Timeline(n); }}};
}

std::vector<Reading> PlainReadings::Searches() {
  return {{"order by number", 11, [this](std::uint64_t n) { OrderByNumber(n); }},
          {"order by parcel", 4, [this](std::uint64_t n) { OrdersByParcel(n); }},
          {"customer by a part of a nick", 8, [this](std::uint64_t n) { CustomersByNick(n); }},
          {"order by title", 3, [this](std::uint64_t n) { OrdersByTitle(n); }}};
}

}  // namespace redress::bench
