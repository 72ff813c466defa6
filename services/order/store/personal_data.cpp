#include "services/order/store/personal_data.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "services/order/store/order_rows.h"
#include "services/order/store/privacy_sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/export_pages.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::ExportPage;
using platform::ExportPlace;
using platform::MultiRow;
using platform::PersonalRecord;
using platform::Result;
using platform::SubjectKind;
using platform::Value;

constexpr std::size_t kErasedAtOnce = 256;

std::vector<OrderId> IdsIn(Result rows) {
  std::vector<OrderId> ids;
  while (rows.Next()) ids.push_back(rows.Id<OrderId>(0));
  return ids;
}

// Those that one of the two statements finds, once each, by id.
std::vector<OrderId> Find(Connection& connection, const char* contacts, const char* details,
                          std::initializer_list<Value> values) {
  std::vector<OrderId> found = IdsIn(connection.Query(contacts, values));
  const std::vector<OrderId> more = IdsIn(connection.Query(details, values));
  found.insert(found.end(), more.begin(), more.end());
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<OrderId> FindOld(Connection& connection, ShopId shop, std::int64_t older_than,
                             std::size_t most, platform::RetentionPlace& place) {
  std::vector<OrderId> orders;
  Result rows =
      connection.Query(sql::kFindOldOrders, {shop, older_than, place.at, place.at, place.id, most});
  while (rows.Next()) {
    orders.push_back(rows.Id<OrderId>(0));
    place.at = rows.Int64(1);
    place.id = rows.Uint64(0);
  }
  std::sort(orders.begin(), orders.end());  // everybody locks them by id
  return orders;
}

// Receivers, details, what was said when they were changed, what carriers told, and what tells of
// them; the headers are locked first, as by whoever writes them.
void Forget(Connection& connection, ShopId shop, std::span<const OrderId> orders) {
  static const MultiRow lock(sql::kLockOrders, 2, sql::kInIdOrder);
  static const MultiRow contacts(sql::kDeleteContacts, 2, ")");
  static const MultiRow details(sql::kDeleteDetails, 2, ")");
  static const MultiRow reveals(sql::kDeleteReveals, 2, ")");
  static const MultiRow tracks(sql::kDeleteTracks, 2, ")");
  static const MultiRow changes(sql::kForgetChanges, 2, sql::kOfMemosAndAddresses);
  static const MultiRow hashes(sql::kForgetTextHashes, 2, ")");
  const std::vector<Value> keys = KeysOf(shop, orders);
  lock.Query(connection, keys, [](Result&) {});
  for (const MultiRow* statement : {&contacts, &details, &reveals, &tracks, &changes, &hashes}) {
    statement->Execute(connection, keys);
  }
}

std::string_view NameOf(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kMemo:
      return "memo";
    case ChangeKind::kAddress:
      return "address";
    case ChangeKind::kPrice:
      return "price";
  }
  return "";
}

void AddReceiver(const std::string& which, const Receiver& receiver, PersonalRecord& record) {
  record.fields["receiver_name_" + which] = receiver.name;
  record.fields["receiver_phone_" + which] = receiver.phone;
  record.fields["receiver_address_" + which] = receiver.address;
}

// By the order's id, since changes have none of their own.
PersonalRecord RecordOf(const StoredChange& change) {
  PersonalRecord record{.kind = "order_change",
                        .id = change.order.value,
                        .at = change.record.at,
                        .fields = {{"changed", std::string(NameOf(change.record.kind))},
                                   {"number", std::to_string(change.number)}}};
  if (change.erased) return record;
  record.fields["reason"] = change.record.reason;
  switch (change.record.kind) {
    case ChangeKind::kMemo:
      record.fields["memo_before"] = change.record.memo_before.text;
      record.fields["memo_after"] = change.record.memo_after.text;
      break;
    case ChangeKind::kAddress:
      AddReceiver("before", change.record.receiver_before, record);
      AddReceiver("after", change.record.receiver_after, record);
      break;
    case ChangeKind::kPrice:
      break;
  }
  return record;
}

}  // namespace

void OrderPersonalData::AddTexts(Connection& connection, ShopId shop,
                                 std::vector<PersonalRecord>& records) {
  std::vector<OrderId> orders;
  for (const PersonalRecord& record : records) orders.push_back(OrderId{record.id});
  const auto receivers = receivers_.ReadClear(connection, shop, orders);
  const auto details = details_.ReadClear(connection, shop, orders);
  for (PersonalRecord& record : records) {
    if (const auto found = receivers.find(OrderId{record.id}); found != receivers.end()) {
      record.fields["receiver_name"] = found->second.name;
      record.fields["receiver_phone"] = found->second.phone;
      record.fields["receiver_address"] = found->second.address;
    }
    const auto found = details.find(OrderId{record.id});
    if (found == details.end()) continue;
    record.fields["buyer_message"] = found->second.buyer_message;
    record.fields["memo"] = found->second.memo;
    record.fields["buyer_account"] = found->second.buyer_account;
    for (const RawField& field : found->second.raw_fields) {
      record.fields["source:" + field.line_number + (field.line_number.empty() ? "" : ":") +
                    field.name] = field.text;
    }
  }
}

// Places are by time and id.
ExportPage OrderPersonalData::Orders(ShopId shop, CustomerId customer, const ExportPlace& after) {
  const bool begins = after.first == 0 && after.second == 0;
  const std::int64_t at =
      begins ? std::numeric_limits<std::int64_t>::min() : static_cast<std::int64_t>(after.first);
  ExportPage page;
  platform::Read(pool_, [&](Connection& connection) {
    page = {};
    Result rows = connection.Query(sql::kListOrdersOfPerson, {shop, customer, at, at, after.second,
                                                              std::uint64_t{kExportPage}});
    while (rows.Next()) {
      page.records.push_back(
          {.kind = "order",
           .id = rows.Uint64(0),
           .at = rows.Int64(3),
           .fields = {
               {"platform", rows.String(1)},
               {"order_number", rows.String(2)},
               {"region", rows.String(4)},
               {"status", std::string(StatusName(static_cast<OrderStatus>(rows.Uint64(5))))}}});
    }
    AddTexts(connection, shop, page.records);
  });
  page.more = page.records.size() == kExportPage;
  if (page.more) {
    const PersonalRecord& last = page.records.back();
    page.end = {.first = static_cast<std::uint64_t>(last.at), .second = last.id};
  }
  return page;
}

// Places are by order and line.
ExportPage OrderPersonalData::Lines(ShopId shop, CustomerId customer, const ExportPlace& after) {
  return platform::Read(pool_, [&](Connection& connection) {
    ExportPage page;
    Result rows = connection.Query(sql::kListLinesOfPerson,
                                   {shop, customer, after.first, std::uint64_t{kExportPage + 1},
                                    after.first, after.second, std::uint64_t{kExportPage}});
    while (rows.Next()) {
      page.records.push_back({.kind = "order_line",
                              .id = rows.Uint64(1),
                              .at = rows.Int64(3),
                              .fields = {{"order_id", std::to_string(rows.Uint64(0))},
                                         {"order_number", rows.String(2)},
                                         {"line_number", rows.String(4)},
                                         {"title", rows.String(5)},
                                         {"quantity", std::to_string(rows.Int64(6))},
                                         {"currency", rows.String(7)},
                                         {"paid_minor", std::to_string(rows.Int64(8))},
                                         {"removed", rows.Uint64(9) != 0 ? "true" : "false"}}});
      page.end = {.first = rows.Uint64(0), .second = rows.Uint64(1)};
    }
    page.more = page.records.size() == kExportPage;
    return page;
  });
}

// Places are by order and number.
ExportPage OrderPersonalData::Changes(ShopId shop, CustomerId customer, const ExportPlace& after) {
  const std::vector<StoredChange> changes = platform::Read(pool_, [&](Connection& connection) {
    return changes_.ListOfPerson(connection, shop, customer, OrderId{after.first}, after.second,
                                 kExportPage);
  });
  ExportPage page;
  for (const StoredChange& change : changes) page.records.push_back(RecordOf(change));
  page.more = changes.size() == kExportPage;
  if (page.more) {
    page.end = {.first = changes.back().order.value, .second = changes.back().number};
  }
  return page;
}

// Places are by order, and how many of its tracks were given: these are read over.
ExportPage OrderPersonalData::Tracks(ShopId shop, CustomerId customer, const ExportPlace& after) {
  ExportPage page;
  platform::Read(pool_, [&](Connection& connection) {
    page.end = after;
    platform::SealedRecords tracks;
    Result rows = connection.Query(sql::kListTracksOfPerson,
                                   {shop, customer, after.first, kExportPage + after.second});
    for (std::uint64_t given = 0; given < after.second && rows.Next();) ++given;
    while (rows.Next()) {
      const std::uint64_t order = rows.Uint64(0);
      page.end = {.first = order, .second = order == page.end.first ? page.end.second + 1 : 1};
      tracks.Add({.kind = "parcel_track",
                  .id = order,
                  .at = rows.Int64(1),
                  .fields = {{"tracking_number", rows.String(2)}}},
                 {static_cast<SubjectKind>(rows.Uint64(3)), rows.Uint64(4)}, rows.String(5));
    }
    page.records = std::move(tracks).Open(sealer_, connection, shop);
  });
  page.more = page.records.size() == kExportPage;
  return page;
}

// Of each customer: orders, their lines, what was changed of them, what carriers told of them.
ExportPage OrderPersonalData::Export(ShopId shop, std::span<const CustomerId> customers,
                                     const ExportPlace& after) {
  constexpr std::array kParts = {&OrderPersonalData::Orders, &OrderPersonalData::Lines,
                                 &OrderPersonalData::Changes, &OrderPersonalData::Tracks};
  return platform::PageThrough(customers.size() * kParts.size(), after, [&](std::uint64_t table) {
    return (this->*kParts[table % kParts.size()])(shop, customers[table / kParts.size()], after);
  });
}

bool OrderPersonalData::EraseSome(Connection& connection, ShopId shop,
                                  std::span<const CustomerId> customers) {
  bool more = false;
  for (const CustomerId customer : customers) {
    sealer_.DestroySubject(connection, shop, SubjectKind::kCustomer, customer.value);
    const std::vector<OrderId> orders =
        Find(connection, sql::kFindContactsOfPerson, sql::kFindDetailsOfPerson,
             {shop, customer, std::uint64_t{kErasedAtOnce}});
    if (orders.empty()) continue;
    Forget(connection, shop, orders);
    // From before the order's customer was known.
    for (const OrderId order : orders) {
      sealer_.DestroySubject(connection, shop, SubjectKind::kOrder, order.value);
    }
    more = more || orders.size() >= kErasedAtOnce;
  }
  return more;
}

std::vector<platform::ErasureObstacle> OrderPersonalData::Obstacles(ShopId,
                                                                    std::span<const CustomerId>) {
  return {};
}

platform::RetentionRule ContactRetention() {
  return {.setting = "retention_contact_months",
          .destroys =
              "receivers, details, memos and changed addresses of orders, and what carriers"
              " told",
          .count =
              [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most) {
                platform::RetentionPlace beginning;
                return std::uint64_t{FindOld(connection, shop, older_than, most, beginning).size()};
              },
          .destroy_some =
              [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most,
                 platform::RetentionPlace& place) {
                const std::vector<OrderId> orders =
                    FindOld(connection, shop, older_than, most, place);
                if (!orders.empty()) Forget(connection, shop, orders);
                return std::uint64_t{orders.size()};
              }};
}

}  // namespace redress::order
