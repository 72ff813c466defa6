#include "services/customer/store/personal_data.h"

#include <array>
#include <iterator>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "services/customer/domain/merging.h"
#include "services/customer/store/care_sql.h"
#include "services/customer/store/customer_keys.h"
#include "services/customer/store/exported_facts.h"
#include "services/customer/store/merge_sql.h"
#include "services/customer/store/privacy_sql.h"
#include "services/customer/store/rfm_rows.h"
#include "services/customer/store/sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/export_pages.h"

namespace redress::customer {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

namespace {

using platform::ExportPage;
using platform::ExportPlace;
using platform::PersonalRecord;
using platform::SubjectKind;

// What the person may be called and when they were born.
void AddOwnWords(Connection& connection, platform::Sealer& sealer, ShopId shop,
                 PersonalRecord& record, std::vector<PersonalRecord>& others) {
  Result wishes = connection.Query(sql::kFindWishes, {shop, record.id});
  if (wishes.Next()) {
    record.fields["birthday"] =
        sealer.Open(connection, shop, SubjectKind::kCustomer, record.id, wishes.String(0))
            .value_or("");
    record.fields["no_contact"] = wishes.Int64(1) != 0 ? "true" : "false";
  }
  Result names = connection.Query(sql::kSelectIdentitiesOf, {shop, record.id, kMostIdentities});
  while (names.Next()) {
    others.push_back(
        {.kind = "identity",
         .id = record.id,
         .fields = {
             {"kind", names.String(0)}, {"platform", names.String(1)}, {"name", names.String(2)}}});
  }
}

// As they were last computed, for who leads a group that bought something.
void AddScores(Connection& connection, ShopId shop, std::span<const CustomerId> customers,
               std::vector<PersonalRecord>& records) {
  for (const auto& [head, scores] : SelectScores(connection, shop, customers)) {
    records.push_back({.kind = "rfm",
                       .id = head.value,
                       .at = scores.computed_at,
                       .fields = {{"recency_score", std::to_string(scores.recency)},
                                  {"frequency_score", std::to_string(scores.frequency)},
                                  {"monetary_score", std::to_string(scores.monetary)},
                                  {"frequency", std::to_string(scores.raw.frequency)},
                                  {"currency", scores.currency},
                                  {"monetary_minor", std::to_string(scores.raw.monetary_minor)}}});
  }
}

// What is exported of each customer after the people themselves.
enum class TableOfCustomer : std::uint8_t { kNotes, kTagChanges, kCoupons, kCareTasks };
constexpr std::uint64_t kTablesOfCustomer = 4;

}  // namespace

ExportPage CustomerPersonalData::People(ShopId shop, std::span<const CustomerId> customers) {
  static const MultiRow select(sql::kSelectCustomers, 2, ")");
  static const MultiRow select_contacts(sql::kSelectContacts, 2, ")");
  ExportPage page;
  const std::vector<Value> keys = KeysOf(shop, customers);
  platform::Read(pool_, [&](Connection& connection) {
    page.records.clear();
    std::unordered_map<CustomerId, std::string> sealed;
    select_contacts.Query(connection, keys,
                          [&](Result& row) { sealed[row.Id<CustomerId>(0)] = row.String(1); });
    select.Query(connection, keys, [&](Result& row) {
      page.records.push_back({.kind = "customer",
                              .id = row.Uint64(0),
                              .at = row.Int64(4),
                              .fields = {{"platform", row.String(1)}, {"nick", row.String(2)}}});
    });
    std::vector<PersonalRecord> others;
    for (PersonalRecord& record : page.records) {
      AddOwnWords(connection, sealer_, shop, record, others);
      const auto found = sealed.find(CustomerId{record.id});
      if (found == sealed.end()) continue;
      const Contact contact = contacts_.Open(connection, shop, found->first, found->second);
      record.fields["name"] = contact.name;
      record.fields["phone"] = contact.phone;
      record.fields["address"] = contact.address;
    }
    AddScores(connection, shop, customers, others);
    page.records.insert(page.records.end(), others.begin(), others.end());
  });
  return page;
}

// Places are by note and version.
ExportPage CustomerPersonalData::Notes(ShopId shop, CustomerId customer, const ExportPlace& after) {
  ExportPage page;
  platform::Read(pool_, [&](Connection& connection) {
    platform::SealedRecords notes;
    Result rows = connection.Query(
        sql::kListNotesOfPerson,
        {shop, customer, after.first, after.first, after.second, std::uint64_t{kExportPage}});
    while (rows.Next()) {
      notes.Add({.kind = "note",
                 .id = rows.Uint64(0),
                 .at = rows.Int64(2),
                 .fields = {{"version", std::to_string(rows.Uint64(1))}}},
                {SubjectKind::kCustomer, customer.value}, rows.String(3));
      page.end = {.first = rows.Uint64(0), .second = rows.Uint64(1)};
    }
    page.records = std::move(notes).Open(sealer_, connection, shop);
  });
  page.more = page.records.size() == kExportPage;
  return page;
}

// First the people, then what was written of each of them and what the shop made of it.
ExportPage CustomerPersonalData::Export(ShopId shop, std::span<const CustomerId> customers,
                                        const ExportPlace& after) {
  if (customers.empty()) return {};
  const std::uint64_t tables = 1 + customers.size() * kTablesOfCustomer;
  return platform::PageThrough(tables, after, [&](std::uint64_t table) {
    if (table == 0) return People(shop, customers);
    const CustomerId customer = customers[(table - 1) / kTablesOfCustomer];
    switch (static_cast<TableOfCustomer>((table - 1) % kTablesOfCustomer)) {
      case TableOfCustomer::kNotes:
        return Notes(shop, customer, after);
      case TableOfCustomer::kTagChanges:
        return ExportTagChanges(pool_, shop, customer, after);
      case TableOfCustomer::kCoupons:
        return ExportCoupons(pool_, shop, customer, after);
      case TableOfCustomer::kCareTasks:
        break;
    }
    return ExportCareTasks(pool_, shop, customer, after);
  });
}

bool CustomerPersonalData::EraseSome(Connection&, ShopId, std::span<const CustomerId>) {
  return false;
}

std::vector<platform::ErasureObstacle> CustomerPersonalData::Obstacles(
    ShopId, std::span<const CustomerId>) {
  return {};
}

platform::RetentionRule NoteRetention() {
  return {.setting = "retention_text_months",
          .destroys = "notes about customers",
          .count =
              [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most) {
                Result rows =
                    connection.Query(sql::kFindOldNotes,
                                     {shop, 0, platform::FirstIdAt(older_than), older_than, most});
                return std::uint64_t{rows.RowCount()};
              },
          .destroy_some =
              [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most,
                 platform::RetentionPlace& place) {
                static const std::array forget = {
                    MultiRow(sql::kForgetNotes[0], 2, ")"), MultiRow(sql::kForgetNotes[1], 2, ")"),
                    MultiRow(sql::kForgetNotes[2], 2, ")"), MultiRow(sql::kForgetNotes[3], 2, ")")};
                static_assert(std::size(sql::kForgetNotes) == std::tuple_size_v<decltype(forget)>);
                Result rows = connection.Query(
                    sql::kLockOldNotes,
                    {shop, place.id, platform::FirstIdAt(older_than), older_than, most});
                std::vector<Value> keys;
                while (rows.Next()) {
                  place.id = rows.Uint64(0);
                  keys.insert(keys.end(), {shop, place.id});
                }
                if (keys.empty()) return std::uint64_t{0};
                for (const MultiRow& statement : forget) statement.Execute(connection, keys);
                return std::uint64_t{keys.size() / 2};
              }};
}

}  // namespace redress::customer
