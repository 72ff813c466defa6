#include "services/customer/store/mysql_fact_archive.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "services/customer/store/care_sql.h"
#include "services/customer/store/care_task_rows.h"
#include "services/customer/store/fact_rows.h"
#include "services/customer/store/fact_sql.h"
#include "services/customer/store/figure_rows.h"
#include "services/customer/store/mysql_fact_book.h"
#include "services/customer/store/read_sql.h"
#include "services/customer/store/rebuild_sql.h"
#include "services/customer/store/union_of.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kCustomersAtOnce = 64;
constexpr std::size_t kRemovedAtOnce = 200;
constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kHighest = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kAll = 1'000'000'000;

struct OfKind {
  const char* between;
  const MultiRow erase;
};

const OfKind& Of(FactKind kind) {
  static const OfKind orders{sql::kOrderIdsBetween, MultiRow(sql::kDeleteOrders, 2, ")")};
  static const OfKind cases{sql::kCaseIdsBetween, MultiRow(sql::kDeleteCases, 2, ")")};
  static const OfKind conversations{sql::kConversationIdsBetween,
                                    MultiRow(sql::kDeleteConversations, 2, ")")};
  static const OfKind adjustments{sql::kAdjustmentIdsBetween,
                                  MultiRow(sql::kDeleteAdjustments, 2, ")")};
  switch (kind) {
    case FactKind::kOrder:
      return orders;
    case FactKind::kCase:
      return cases;
    case FactKind::kConversation:
      return conversations;
    case FactKind::kAdjustment:
      break;
  }
  return adjustments;
}

// Those of cases, which cases are read without, and those of care.
void AddCoupons(Connection& connection, ShopId shop, std::span<const CustomerId> customers,
                FigureChanges& sums) {
  static const UnionOf of_cases(sql::kSelectCouponsOf);
  static const UnionOf of_care(sql::kSelectCareOf);
  const auto all = {Value(kLatest), Value(kLatest), Value(kHighest), Value(kAll)};
  of_cases.Query(connection, shop, customers, all, [&](Result& row) {
    const CouponFact coupon = ReadCoupon(row);
    sums.Add(ContributionOfCoupon(shop, coupon.customer, coupon.given.given_at));
  });
  of_care.Query(connection, shop, customers, all, [&](Result& row) {
    const CareTask task = CareTaskOf(row);
    if (task.coupon.empty()) return;
    sums.Add(ContributionOfCoupon(shop, task.customer, task.finished_at));
  });
}

// What the facts of these customers add up to.
FigureChanges SumFacts(Connection& connection, ShopId shop, std::span<const CustomerId> customers) {
  static const UnionOf orders(sql::kSelectOrdersOf);
  static const UnionOf cases(sql::kSelectCasesOf);
  static const UnionOf conversations(sql::kSelectConversationsOf);
  static const UnionOf adjustments(sql::kSelectAdjustmentsOf);
  FigureChanges sums;
  const auto add = [&](const UnionOf& select, auto read) {
    select.Query(connection, shop, customers, {kLatest, kLatest, kHighest, kAll},
                 [&](Result& row) { sums.Add(ContributionOf(read(row))); });
  };
  add(orders, ReadOrder);
  add(cases, ReadCase);
  add(conversations, ReadConversation);
  add(adjustments, ReadAdjustment);
  AddCoupons(connection, shop, customers, sums);
  for (const auto& [key, refunds] : sums.refunds) {
    if (refunds > 0) sums.figures[{shop, std::get<CustomerId>(key)}][Count::kRefundedOrders] += 1;
  }
  return sums;
}

std::map<CustomerKey, FigureChange> Stored(Connection& connection, ShopId shop,
                                           std::span<const CustomerId> customers) {
  static const MultiRow figures(sql::kLockFigures, 2, sql::kForUpdate);
  static const MultiRow money(sql::kSelectMoneyOf, 2, ")");
  std::vector<Value> keys;
  for (const CustomerId customer : customers) keys.insert(keys.end(), {shop, customer});
  std::map<CustomerKey, FigureChange> stored;
  figures.Query(connection, keys, [&](Result& row) {
    FigureChange& one = stored[{shop, row.Id<CustomerId>(0)}];
    int column = 1;
    for (std::int64_t& count : one.counts) count = row.Int64(column++);
    for (std::int64_t& first : one.firsts) first = row.Int64(column++);
    for (std::int64_t& last : one.lasts) last = row.Int64(column++);
  });
  money.Query(connection, keys, [&](Result& row) {
    stored[{shop, row.Id<CustomerId>(0)}].money[row.String(1)] = {row.Int64(2), row.Int64(3),
                                                                  row.Int64(4), row.Int64(5)};
  });
  return stored;
}

// Money that came to nothing is none.
FigureChange Plain(FigureChange figures) {
  std::erase_if(figures.money, [](const auto& entry) { return entry.second == MoneyChange{}; });
  return figures;
}

std::string Words(const FigureChange& figures) {
  std::string words;
  for (const std::int64_t count : figures.counts) words += std::to_string(count) + " ";
  for (const auto& [currency, money] : figures.money) {
    words += currency + " " + std::to_string(money.paid_minor) + "-" +
             std::to_string(money.refunded_minor) + " ";
  }
  return words;
}

FigureChange Of(const std::map<CustomerKey, FigureChange>& figures, const CustomerKey& key) {
  const auto found = figures.find(key);
  return found == figures.end() ? FigureChange{} : Plain(found->second);
}

}  // namespace

void MysqlFactArchive::InTransaction(const std::function<void(FactBook&)>& body) {
  MysqlFactRepository(pool_).InTransaction(body);
}

std::vector<std::uint64_t> MysqlFactArchive::IdsBetween(FactKind kind, ShopId shop,
                                                        std::uint64_t after, std::uint64_t up_to,
                                                        std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<std::uint64_t> ids;
    Result rows = connection.Query(Of(kind).between, {shop, after, up_to, limit});
    while (rows.Next()) ids.push_back(rows.Uint64(0));
    return ids;
  });
}

// Their figures are set right by the comparison that follows.
void MysqlFactArchive::Remove(FactKind kind, ShopId shop, std::span<const std::uint64_t> ids) {
  static const MultiRow erase_coupons(sql::kDeleteCoupons, 2, ")");
  for (std::size_t from = 0; from < ids.size(); from += kRemovedAtOnce) {
    std::vector<Value> keys;
    for (const std::uint64_t id : ids.subspan(from, std::min(kRemovedAtOnce, ids.size() - from))) {
      keys.insert(keys.end(), {shop, id});
    }
    platform::Transact(pool_, [&](Connection& connection) {
      Of(kind).erase.Execute(connection, keys);
      if (kind == FactKind::kCase) erase_coupons.Execute(connection, keys);
    });
  }
}

CustomerId MysqlFactArchive::CompareFigures(ShopId shop, CustomerId after, bool replace,
                                            FactRebuildReport& report) {
  FoundInRuns found;
  std::vector<CustomerId> customers;
  platform::Transact(pool_, [&](Connection& connection) {
    found.Begin();
    customers.clear();
    Result rows = connection.Query(sql::kCustomersBehind, {shop, after, kCustomersAtOnce});
    while (rows.Next()) customers.push_back(rows.Id<CustomerId>(0));
    if (customers.empty()) return;
    // The rows are locked first: whoever changes facts meanwhile changes these afterwards.
    const auto stored = Stored(connection, shop, customers);
    const FigureChanges sums = SumFacts(connection, shop, customers);
    FigureChanges right;
    for (const CustomerId customer : customers) {
      const CustomerKey key{shop, customer};
      const FigureChange kept = Of(stored, key);
      const FigureChange rebuilt = Of(sums.figures, key);
      if (kept == rebuilt) continue;
      found.Add(
          {"figures of customer " + platform::ToString(customer), Words(kept), Words(rebuilt)});
      if (!replace) continue;
      for (const char* erase : {sql::kDeleteFigures, sql::kDeleteMoney, sql::kDeleteRefunds}) {
        connection.Execute(erase, {shop, customer});
      }
      FigureChange& set = right.figures[key];
      set = rebuilt;
      set[Count::kRefundedOrders] = 0;  // counted from the refunds
      for (const auto& [refund, count] : sums.refunds) {
        if (std::get<CustomerId>(refund) == customer) right.refunds[refund] = count;
      }
    }
    ApplyChanges(connection, right, clock_.NowUs());
  });
  report.values += customers.size();
  found.Report(report);
  return customers.size() < kCustomersAtOnce ? CustomerId{} : customers.back();
}

}  // namespace redress::customer
