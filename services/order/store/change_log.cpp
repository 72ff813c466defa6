#include "services/order/store/change_log.h"

#include <unordered_map>
#include <utility>

#include "services/order/store/change_bytes.h"
#include "services/order/store/order_rows.h"
#include "services/order/store/privacy_sql.h"
#include "services/order/store/sealed_texts.h"
#include "services/order/store/sql.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/rows.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Subject;
using platform::SubjectKind;
using platform::Value;

constexpr std::size_t kMaxKeys = 256;

StoredChange ReadHead(const Result& row) {
  StoredChange change;
  change.order = row.Id<OrderId>(0);
  change.number = static_cast<std::uint32_t>(row.Uint64(1));
  change.record.kind = static_cast<ChangeKind>(row.Uint64(2));
  change.record.account = row.Id<AccountId>(3);
  change.record.at = row.Int64(4);
  return change;
}

std::unordered_map<OrderId, std::uint32_t> LastNumbers(Connection& connection, ShopId shop,
                                                       std::span<const OrderId> orders) {
  static const MultiRow select(sql::kSelectLastChanges, 2, sql::kByOrder, kMaxKeys);
  std::unordered_map<OrderId, std::uint32_t> last;
  select.Query(connection, KeysOf(shop, orders), [&](Result& row) {
    last[row.Id<OrderId>(0)] = static_cast<std::uint32_t>(row.Uint64(1));
  });
  return last;
}

}  // namespace

std::string ChangeLog::MemoHash(ShopId shop, const MemoText& memo) {
  if (memo.empty()) return {};
  return sealer_.KeyedHash(shop, "order-memo", std::to_string(memo.flag) + ":" + memo.text);
}

std::uint32_t ChangeLog::Add(Connection& connection, ShopId shop, const Order& order,
                             const ChangeRecord& record) {
  const auto last = LastNumbers(connection, shop, {&order.id, 1});
  const std::uint32_t number = last.empty() ? 1 : last.begin()->second + 1;
  if (number > kMostChanges) {
    throw platform::Refusal(platform::Code::kResourceExhausted, "TOO_MANY_CHANGES",
                            "The order was changed 1000 times already; change it on the platform.");
  }
  const Entry entry{&order, record};
  Insert(connection, shop, {&entry, 1}, number);
  return number;
}

// Entries of one order follow each other; first_number 0 looks up where each order's go on.
void ChangeLog::Insert(Connection& connection, ShopId shop, std::span<const Entry> entries,
                       std::uint32_t first_number) {
  static const MultiRow insert(sql::kInsertChanges, sql::kChangeColumns);
  std::vector<OrderId> ids;
  std::vector<ClearText> texts;
  for (const Entry& entry : entries) {
    ids.push_back(entry.order->id);
    texts.push_back({entry.order, ToBytes(entry.record)});
  }
  std::unordered_map<OrderId, std::uint32_t> last;
  if (first_number == 0) last = LastNumbers(connection, shop, ids);
  const std::vector<SealedText> sealed = SealTexts(sealer_, connection, shop, texts);
  std::vector<Value> values;
  values.reserve(entries.size() * sql::kChangeColumns);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const ChangeRecord& record = entries[i].record;
    const std::uint32_t number = first_number != 0 ? first_number : ++last[ids[i]];
    const Order& order = *entries[i].order;
    const bool is_address = record.kind == ChangeKind::kAddress;
    values.insert(
        values.end(),
        {shop, ids[i], number, static_cast<unsigned>(record.kind), record.account.value, record.at,
         static_cast<unsigned>(sealed[i].subject.kind), sealed[i].subject.id, sealed[i].sealed,
         is_address ? order.receiver_version : 0u, unsigned{is_address && order.IsToBeShipped()}});
  }
  insert.Execute(connection, values);
}

void ChangeLog::AddOfPlatform(Connection& connection, ShopId shop,
                              std::span<const OrderChange> changes) {
  std::vector<OrderId> replaced;
  for (const OrderChange& change : changes) {
    if (change.replaced_receiver && change.receiver) replaced.push_back(change.order.id);
  }
  auto receivers_before = receivers_.ReadClear(connection, shop, replaced);
  std::vector<Entry> entries;
  for (const OrderChange& change : changes) {
    const Order& order = change.order;
    if (change.memo) {
      ChangeRecord record{.kind = ChangeKind::kMemo, .at = order.memo_at};
      if (change.outcome != Outcome::kCreated) {
        record.memo_before = ReadMemo(connection, shop, order.id).memo;
      }
      record.memo_after = *change.memo;
      entries.push_back({&order, std::move(record)});
    }
    if (change.replaced_receiver && change.receiver) {
      ChangeRecord record{.kind = ChangeKind::kAddress, .at = order.source_at};
      record.receiver_before = std::move(receivers_before[order.id]);
      record.receiver_after = *change.receiver;
      entries.push_back({&order, std::move(record)});
    }
    if (!change.overruled_prices.empty()) {
      ChangeRecord record{.kind = ChangeKind::kPrice, .at = order.source_at};
      record.prices = change.overruled_prices;
      entries.push_back({&order, std::move(record)});
    }
  }
  if (!entries.empty()) Insert(connection, shop, entries, 0);
}

void ChangeLog::SealAnew(Connection& connection, ShopId shop,
                         std::span<const OrderChange> changes) {
  static const MultiRow select(sql::kSelectChangesToSeal, 2, ")", kMaxKeys);
  std::unordered_map<OrderId, const Order*> moved;
  std::vector<OrderId> ids;
  for (const OrderChange& change : changes) {
    if (!change.new_customer) continue;
    moved.emplace(change.order.id, &change.order);
    ids.push_back(change.order.id);
  }
  if (ids.empty()) return;
  struct Row {
    OrderId order;
    std::uint64_t number;
    Subject subject;
    std::string sealed;
  };
  std::vector<Row> rows;
  select.Query(connection, KeysOf(shop, ids), [&](Result& row) {
    rows.push_back({row.Id<OrderId>(0),
                    row.Uint64(1),
                    {static_cast<SubjectKind>(row.Uint64(2)), row.Uint64(3)},
                    row.String(4)});
  });
  for (const Row& row : rows) {
    if (row.sealed.empty()) continue;  // forgotten before
    const Subject to = SubjectOf(*moved.at(row.order));
    const auto clear = sealer_.Open(connection, shop, row.subject.kind, row.subject.id, row.sealed);
    if (!clear) continue;  // erased before
    connection.Execute(sql::kSealChange, {static_cast<unsigned>(to.kind), to.id,
                                          sealer_.Seal(connection, shop, to.kind, to.id, *clear),
                                          shop, row.order, row.number});
  }
}

std::vector<StoredChange> ChangeLog::Read(Connection& connection, ShopId shop, Result rows) {
  std::vector<StoredChange> changes;
  std::vector<Subject> subjects;
  std::vector<std::string> sealed;
  while (rows.Next()) {
    changes.push_back(ReadHead(rows));
    subjects.push_back({static_cast<SubjectKind>(rows.Uint64(5)), rows.Uint64(6)});
    sealed.push_back(rows.String(7));
  }
  std::vector<platform::OpenItem> items;
  for (std::size_t i = 0; i < changes.size(); ++i) items.push_back({subjects[i], sealed[i]});
  const auto clear = sealer_.OpenMany(connection, shop, items);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    changes[i].erased = !clear[i] || sealed[i].empty();
    if (!changes[i].erased) FromBytes(*clear[i], changes[i].record);
  }
  return changes;
}

CurrentMemo ChangeLog::ReadMemo(Connection& connection, ShopId shop, OrderId order) {
  const std::vector<StoredChange> last =
      Read(connection, shop, connection.Query(sql::kSelectLastMemo, {shop, order}));
  if (last.empty()) {
    return {0, {0, details_.ReadMasked(connection, shop, order).memo}, {}, 0, false};
  }
  const StoredChange& memo = last.front();
  return {memo.number, memo.record.memo_after, memo.record.account, memo.record.at, memo.erased};
}

std::vector<StoredChange> ChangeLog::List(Connection& connection, ShopId shop, OrderId order,
                                          std::optional<ChangeKind> kind, std::uint32_t before,
                                          std::size_t limit) {
  const unsigned of_kind = kind ? static_cast<unsigned>(*kind) : 0;
  return Read(connection, shop,
              connection.Query(sql::kListChanges, {shop, order, before, of_kind, of_kind, limit}));
}

std::vector<StoredChange> ChangeLog::ListOfPerson(Connection& connection, ShopId shop,
                                                  CustomerId customer, OrderId after_order,
                                                  std::uint64_t after_number, std::size_t limit) {
  return Read(connection, shop,
              connection.Query(sql::kListChangesOfPerson,
                               {shop, customer, after_order, after_order, after_number, limit}));
}

}  // namespace redress::order
