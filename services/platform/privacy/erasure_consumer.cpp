#include "services/platform/privacy/erasure_consumer.h"

#include <map>
#include <utility>

#include "services/platform/base/crash_point.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/privacy_sql.h"

namespace redress::platform {
namespace {

using redress::events::v1::Event;

EventRef RefOf(const Event& event) {
  return {ShopId{event.shop_id()}, event.aggregate_id(), event.sequence()};
}

}  // namespace

bool ErasureConsumer::IsKnown(const EventRef& event) {
  return Read(pool_, [&](Connection& connection) {
    return connection
        .Query(kFindKnownCustomerEvent, {event.shop, event.aggregate_id, event.sequence})
        .Next();
  });
}

void ErasureConsumer::Erase(const Event& event) {
  const ShopId shop{event.shop_id()};
  std::vector<CustomerId> customers;
  for (const std::uint64_t id : event.customer_erased().customer_ids()) {
    customers.push_back(CustomerId{id});
  }
  const auto some = [&](Connection& connection) {
    return data_.EraseSome(connection, shop, customers);
  };
  while (Transact(pool_, some)) continue;
  CrashPoint(kAfterErasingBeforeConfirming);
  confirm_(shop, CustomerId{event.aggregate_id()});
}

// An event is known when all was done that it asks for, the confirmation included: until then it
// is judged anew, which changes nothing that is done already.
void ErasureConsumer::Handle(std::span<const Event> events) {
  static const MultiRow insert(kInsertKnownCustomerEvents, 4, kKeepKnownCustomerEvents);
  std::vector<Value> known;
  const std::int64_t now = clock_.NowUs();
  for (const Event& event : events) {
    const EventRef ref = RefOf(event);
    if (event.has_customer_erased() && !IsKnown(ref)) Erase(event);
    known.insert(known.end(), {ref.shop, ref.aggregate_id, ref.sequence, now});
  }
  if (known.empty()) return;
  Transact(pool_, [&](Connection& connection) { insert.Execute(connection, known); });
}

std::vector<std::uint32_t> ErasureConsumer::FirstMissing(std::string_view,
                                                         std::span<const AggregateKey> aggregates) {
  static const MultiRow select(kSelectKnownExtents, 2, kByKnownCustomer);
  if (aggregates.empty()) return {};
  std::vector<Value> keys;
  for (const AggregateKey& key : aggregates) {
    keys.insert(keys.end(), {key.shop, key.aggregate_id});
  }
  std::map<AggregateKey, std::uint32_t> whole;
  Read(pool_, [&](Connection& connection) {
    whole.clear();
    select.Query(connection, keys, [&](Result& row) {
      const auto newest = static_cast<std::uint32_t>(row.Uint64(3));
      if (row.Uint64(2) == newest) whole[{row.Shop(0), row.Uint64(1)}] = newest;
    });
  });
  std::vector<std::uint32_t> first_missing;
  for (const AggregateKey& key : aggregates) {
    const auto found = whole.find(key);
    first_missing.push_back(found == whole.end() ? 1 : found->second + 1);
  }
  return first_missing;
}

// Gaps need no look of their own: erasures are rare, and every reconciliation compares the heads
// of all customers that changed.
std::vector<AggregateKey> ErasureConsumer::Gaps(std::string_view, std::int64_t, std::size_t) {
  return {};
}

}  // namespace redress::platform
