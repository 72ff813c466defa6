#include "services/customer/store/mysql_fact_book.h"

#include <string>
#include <vector>

#include "services/customer/store/fact_rows.h"
#include "services/customer/store/fact_sql.h"
#include "services/customer/store/figure_rows.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/database/error.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kMostRows = 512;
// Another process made the same fact first: run again, it is found now.
constexpr int kMostCreationRaces = 5;

template <class Fact, class Id, class Read>
FactMap<Fact, Id> Lock(Connection& connection, const MultiRow& lock,
                       std::span<const FactKey<Id>> keys, Read read) {
  FactMap<Fact, Id> facts;
  if (keys.empty()) return facts;
  std::vector<Value> values;
  values.reserve(keys.size() * 2);
  for (const auto& [shop, id] : keys) values.insert(values.end(), {shop, id});
  lock.Query(connection, values, [&](Result& row) {
    Fact fact = read(row);
    const auto key = std::pair(fact.shop, fact.id);
    facts.emplace(key, std::move(fact));
  });
  return facts;
}

void Write(Connection& connection, const MultiRow& write, std::span<const OrderFact* const> facts) {
  std::vector<std::string> articles;
  articles.reserve(facts.size());
  for (const OrderFact* fact : facts) articles.push_back(ToBytes(fact->articles));
  std::vector<Value> values;
  values.reserve(facts.size() * sql::kOrderColumns);
  for (std::size_t i = 0; i < facts.size(); ++i) Append(values, *facts[i], articles[i]);
  write.Execute(connection, values);
}

template <class Fact>
void Write(Connection& connection, const MultiRow& write, std::span<const Fact* const> facts) {
  std::vector<Value> values;
  for (const Fact* fact : facts) Append(values, *fact);
  write.Execute(connection, values);
}

// Most steps of a case give none.
bool HasSameCoupons(const CaseFact& before, const CaseFact& after) {
  return before.customer == after.customer && before.coupons == after.coupons;
}

}  // namespace

FactMap<OrderFact, OrderId> MysqlFactBook::Orders(std::span<const FactKey<OrderId>> keys) {
  static const MultiRow lock(sql::kLockOrders, 2, sql::kForUpdate, kMostRows);
  return Lock<OrderFact, OrderId>(connection_, lock, keys, ReadOrder);
}

FactMap<CaseFact, CaseId> MysqlFactBook::Cases(std::span<const FactKey<CaseId>> keys) {
  static const MultiRow lock(sql::kLockCases, 2, sql::kForUpdate, kMostRows);
  auto cases = Lock<CaseFact, CaseId>(connection_, lock, keys, ReadCase);
  ReadCoupons(cases);
  return cases;
}

// Whoever changes a case's coupons holds its row.
void MysqlFactBook::ReadCoupons(FactMap<CaseFact, CaseId>& cases) {
  static const MultiRow select(sql::kSelectCouponsOfCases, 2, sql::kByNumber, kMostRows);
  if (cases.empty()) return;
  std::vector<Value> keys;
  for (const auto& [key, unused] : cases) keys.insert(keys.end(), {key.first, key.second});
  select.Query(connection_, keys, [&](Result& row) {
    CouponFact coupon = ReadCoupon(row);
    const FactKey<CaseId> key{coupon.shop, coupon.id};
    cases.at(key).coupons.push_back(std::move(coupon.given));
  });
  for (const auto& [key, one] : cases) {
    if (!one.coupons.empty()) with_coupons_.insert_or_assign(key, one);
  }
}

// Afterwards there are those of the facts and no others.
void MysqlFactBook::WriteCoupons(std::span<const CaseFact* const> facts) {
  static const MultiRow erase(sql::kDeleteCoupons, 2, ")", kMostRows);
  static const MultiRow insert(sql::kInsertCoupons, sql::kCouponColumns, "", kMostRows);
  std::vector<Value> keys;
  std::vector<Value> rows;
  for (const CaseFact* fact : facts) {
    const auto known = with_coupons_.find({fact->shop, fact->id});
    if (known != with_coupons_.end()) {
      if (HasSameCoupons(known->second, *fact)) continue;
      keys.insert(keys.end(), {fact->shop, fact->id});
    }
    for (const CaseCoupon& coupon : fact->coupons) Append(rows, *fact, coupon);
  }
  if (!keys.empty()) erase.Execute(connection_, keys);
  if (!rows.empty()) insert.Execute(connection_, rows);
}

FactMap<ConversationFact, ConversationId> MysqlFactBook::Conversations(
    std::span<const FactKey<ConversationId>> keys) {
  static const MultiRow lock(sql::kLockConversations, 2, sql::kForUpdate, kMostRows);
  return Lock<ConversationFact, ConversationId>(connection_, lock, keys, ReadConversation);
}

FactMap<AdjustmentFact, AdjustmentId> MysqlFactBook::Adjustments(
    std::span<const FactKey<AdjustmentId>> keys) {
  static const MultiRow lock(sql::kLockAdjustments, 2, sql::kForUpdate, kMostRows);
  return Lock<AdjustmentFact, AdjustmentId>(connection_, lock, keys, ReadAdjustment);
}

void MysqlFactBook::Create(std::span<const OrderFact* const> facts) {
  static const MultiRow insert(sql::kInsertOrders, sql::kOrderColumns, "", kMostRows);
  Write(connection_, insert, facts);
}

void MysqlFactBook::Create(std::span<const CaseFact* const> facts) {
  static const MultiRow insert(sql::kInsertCases, sql::kCaseColumns, "", kMostRows);
  Write(connection_, insert, facts);
  WriteCoupons(facts);
}

void MysqlFactBook::Create(std::span<const ConversationFact* const> facts) {
  static const MultiRow insert(sql::kInsertConversations, sql::kConversationColumns, "", kMostRows);
  Write(connection_, insert, facts);
}

void MysqlFactBook::Create(std::span<const AdjustmentFact* const> facts) {
  static const MultiRow insert(sql::kInsertAdjustments, sql::kAdjustmentColumns, "", kMostRows);
  Write(connection_, insert, facts);
}

void MysqlFactBook::Overwrite(std::span<const OrderFact* const> facts) {
  static const MultiRow write(sql::kInsertOrders, sql::kOrderColumns, sql::kOverwriteOrders,
                              kMostRows);
  Write(connection_, write, facts);
}

void MysqlFactBook::Overwrite(std::span<const CaseFact* const> facts) {
  static const MultiRow write(sql::kInsertCases, sql::kCaseColumns, sql::kOverwriteCases,
                              kMostRows);
  Write(connection_, write, facts);
  WriteCoupons(facts);
}

void MysqlFactBook::Overwrite(std::span<const ConversationFact* const> facts) {
  static const MultiRow write(sql::kInsertConversations, sql::kConversationColumns,
                              sql::kOverwriteConversations, kMostRows);
  Write(connection_, write, facts);
}

void MysqlFactBook::Overwrite(std::span<const AdjustmentFact* const> facts) {
  static const MultiRow write(sql::kInsertAdjustments, sql::kAdjustmentColumns,
                              sql::kOverwriteAdjustments, kMostRows);
  Write(connection_, write, facts);
}

void MysqlFactBook::Apply(const FigureChanges& changes, std::int64_t now_us) {
  ApplyChanges(connection_, changes, now_us);
}

void MysqlFactRepository::InTransaction(const std::function<void(FactBook&)>& body) {
  for (int attempt = 1;; ++attempt) {
    try {
      platform::Transact(pool_, [&](Connection& connection) {
        MysqlFactBook book(connection);
        body(book);
        platform::CrashPoint(platform::kBeforeCommit);
      });
      return;
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseError::Kind::kDuplicateKey || attempt == kMostCreationRaces) {
        throw;
      }
    }
  }
}

}  // namespace redress::customer
