#include "services/customer/store/tag_rows.h"

#include <utility>

#include "services/customer/store/customer_keys.h"
#include "services/customer/store/tag_sql.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

namespace {

constexpr char kBetween = '\x1f';  // a fact and its value
constexpr char kBehind = '\x1e';   // a reason

}  // namespace

std::string EncodeWhy(const std::vector<rules::Reason>& why) {
  std::string stored;
  for (const rules::Reason& one : why) {
    const std::string added = one.fact + kBetween + one.value + kBehind;
    if (stored.size() + added.size() > kMostWhyBytes) break;
    stored += added;
  }
  return stored;
}

std::vector<rules::Reason> DecodeWhy(const std::string& stored) {
  std::vector<rules::Reason> why;
  rules::Reason reason;
  bool in_value = false;
  for (const char c : stored) {
    if (c == kBehind) {
      why.push_back(std::exchange(reason, {}));
      in_value = false;
    } else if (c == kBetween) {
      in_value = true;
    } else {
      (in_value ? reason.value : reason.fact) += c;
    }
  }
  return why;
}

std::vector<Tag> ReadTags(Connection& db, ShopId shop) {
  Result rows = db.Query(sql::kListTags, {shop, kMostTags});
  std::vector<Tag> tags;
  while (rows.Next()) {
    tags.push_back({.code = rows.String(1),
                    .group = rows.String(2),
                    .colour = rows.String(3),
                    .name_zh = rows.String(4),
                    .name_en = rows.String(5),
                    .meaning_zh = rows.String(6),
                    .meaning_en = rows.String(7),
                    .expiry_days = static_cast<std::uint32_t>(rows.Uint64(8)),
                    .by_hand = rows.Int64(9) != 0,
                    .archived = rows.Int64(10) != 0,
                    .version = static_cast<std::uint32_t>(rows.Uint64(11))});
  }
  return tags;
}

void WriteTag(Connection& db, ShopId shop, const Tag& tag) {
  db.Execute(sql::kWriteTag, {shop, tag.code, tag.group, tag.colour, tag.name_zh, tag.name_en,
                              tag.meaning_zh, tag.meaning_en, tag.expiry_days, tag.by_hand ? 1 : 0,
                              tag.archived ? 1 : 0, tag.version});
}

std::vector<CustomerTag> ReadDecisions(Connection& db, ShopId shop,
                                       std::span<const CustomerId> customers) {
  static const MultiRow select(sql::kSelectDecisions, 2, ")", 512);
  std::vector<CustomerTag> decisions;
  if (customers.empty()) return decisions;
  select.Query(db, KeysOf(shop, customers), [&](Result& row) {
    decisions.push_back({.customer = row.Id<CustomerId>(0),
                         .tag = row.String(1),
                         .origin = TagOrigin::kHand,
                         .denied = row.Int64(2) != 0,
                         .account = row.Id<AccountId>(3),
                         .since = row.Int64(4),
                         .expires_at = row.OptInt64(5).value_or(0)});
  });
  return decisions;
}

std::vector<CustomerTag> ReadCustomerTags(Connection& db, ShopId shop,
                                          std::span<const CustomerId> customers) {
  static const MultiRow select(sql::kSelectCustomerTags, 2, ")", 512);
  std::vector<CustomerTag> tags;
  if (customers.empty()) return tags;
  select.Query(db, KeysOf(shop, customers), [&](Result& row) {
    tags.push_back({.customer = row.Id<CustomerId>(0),
                    .tag = row.String(1),
                    .origin = static_cast<TagOrigin>(row.Int64(2)),
                    .rule_version = static_cast<std::uint32_t>(row.Uint64(3)),
                    .why = DecodeWhy(row.String(4)),
                    .since = row.Int64(5)});
  });
  return tags;
}

void AddTagChanges(Connection& db, platform::IdSource& ids, ShopId shop,
                   std::span<const TagChange> changes) {
  static const MultiRow insert(sql::kAddTagChanges, 11);
  if (changes.empty()) return;
  std::vector<std::string> whys;
  for (const TagChange& one : changes) whys.push_back(EncodeWhy(one.why));
  std::vector<Value> rows;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const TagChange& one = changes[i];
    rows.insert(rows.end(),
                {shop, one.customer, ids.Next(), one.tag, static_cast<unsigned>(one.action),
                 static_cast<unsigned>(one.origin), one.account.value, one.rule_version, whys[i],
                 one.changed_at, one.expires_at == 0 ? Value(nullptr) : Value(one.expires_at)});
  }
  insert.Execute(db, rows);
}

}  // namespace redress::customer
