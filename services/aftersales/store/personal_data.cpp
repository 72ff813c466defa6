#include "services/aftersales/store/personal_data.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "services/aftersales/domain/platform_fields.h"
#include "services/aftersales/domain/step_text.h"
#include "services/aftersales/store/subject.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/export_pages.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::ExportPage;
using platform::ExportPlace;
using platform::MultiRow;
using platform::PersonalRecord;
using platform::Result;
using platform::SubjectKind;
using platform::Value;

constexpr char kListCasesOfPerson[] =
    "SELECT case_id, case_number, opened_at, kind, reason, state, final, currency, settled_amount"
    " FROM cases FORCE INDEX (cases_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND case_id > ? ORDER BY case_id LIMIT ?";
constexpr char kListTextsOfPerson[] =
    "SELECT c.case_id, t.sequence, c.case_number, s.applied_at, s.event, t.sealed"
    " FROM cases c FORCE INDEX (cases_customer)"
    " JOIN step_texts t ON t.shop_id = c.shop_id AND t.case_id = c.case_id"
    " JOIN steps s ON s.shop_id = t.shop_id AND s.case_id = t.case_id AND s.sequence = t.sequence"
    " WHERE c.shop_id = ? AND c.customer_id = ? AND c.case_id >= ?"
    " AND (c.case_id > ? OR t.sequence > ?) ORDER BY c.case_id, t.sequence LIMIT ?";
constexpr char kListObjectsOfPerson[] =
    "SELECT object_id, refund_id, platform, order_id, created_at, fields_sealed"
    " FROM platform_refunds FORCE INDEX (platform_refunds_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND object_id > ? ORDER BY object_id LIMIT ?";
constexpr char kListOpenCases[] =
    "SELECT case_id, case_number FROM cases FORCE INDEX (cases_customer)"
    " WHERE shop_id = ? AND customer_id = ? AND final = 0 ORDER BY case_id LIMIT ?";

// Ids grow with time: those of texts begin with their case's.
constexpr char kFindOldTexts[] =
    "SELECT DISTINCT t.case_id FROM step_texts t FORCE INDEX (PRIMARY)"
    " JOIN cases c ON c.shop_id = t.shop_id AND c.case_id = t.case_id"
    " WHERE t.shop_id = ? AND t.case_id < ? AND c.final = 1 AND c.updated_at < ? LIMIT ?";
// Cases of the past have got their ids when they were imported.
constexpr char kFindOldImportedTexts[] =
    "SELECT DISTINCT t.case_id FROM imported_cases i FORCE INDEX (PRIMARY)"
    " JOIN cases c ON c.shop_id = i.shop_id AND c.case_id = i.case_id"
    " JOIN step_texts t ON t.shop_id = i.shop_id AND t.case_id = i.case_id"
    " WHERE i.shop_id = ? AND i.case_id >= ? AND c.final = 1 AND c.updated_at < ? LIMIT ?";
constexpr char kDeleteTextsHead[] = "DELETE FROM step_texts WHERE (shop_id, case_id) IN (";

ExportPage ReadCases(Connection& db, platform::Sealer&, ShopId shop, CustomerId customer,
                     const ExportPlace& after, std::size_t limit) {
  ExportPage page;
  Result rows = db.Query(kListCasesOfPerson, {shop, customer, after.first, limit});
  while (rows.Next()) {
    page.records.push_back({.kind = "case",
                            .id = rows.Uint64(0),
                            .at = rows.Int64(2),
                            .fields = {{"case_number", std::to_string(rows.Uint64(1))},
                                       {"kind", rows.String(3)},
                                       {"reason", rows.String(4)},
                                       {"state", rows.String(5)},
                                       {"final", rows.Int64(6) != 0 ? "true" : "false"},
                                       {"currency", rows.String(7)},
                                       {"settled_minor", std::to_string(rows.Int64(8))}}});
    page.end.first = rows.Uint64(0);
  }
  page.more = page.records.size() == limit;
  return page;
}

ExportPage ReadTexts(Connection& db, platform::Sealer& sealer, ShopId shop, CustomerId customer,
                     const ExportPlace& after, std::size_t limit) {
  ExportPage page;
  platform::SealedRecords texts;
  Result rows =
      db.Query(kListTextsOfPerson, {shop, customer, after.first, after.first, after.second, limit});
  while (rows.Next()) {
    texts.Add({.kind = "case_text",
               .id = rows.Uint64(0),
               .at = rows.Int64(3),
               .fields = {{"case_number", std::to_string(rows.Uint64(2))},
                          {"step", std::to_string(rows.Uint64(1))},
                          {"event", rows.String(4)}}},
              {SubjectKind::kCustomer, customer.value}, rows.String(5));
    page.end = {.first = rows.Uint64(0), .second = rows.Uint64(1)};
  }
  page.records =
      std::move(texts).Open(sealer, db, shop, [](PersonalRecord& record, const std::string& clear) {
        record.fields["text"] = ClearOf(clear);
      });
  page.more = page.records.size() == limit;
  return page;
}

ExportPage ReadObjects(Connection& db, platform::Sealer& sealer, ShopId shop, CustomerId customer,
                       const ExportPlace& after, std::size_t limit) {
  ExportPage page;
  platform::SealedRecords objects;
  Result rows = db.Query(kListObjectsOfPerson, {shop, customer, after.first, limit});
  while (rows.Next()) {
    const auto order = rows.Id<OrderId>(3);
    objects.Add(
        {.kind = "platform_object",
         .id = rows.Uint64(0),
         .at = rows.Int64(4),
         .fields = {{"refund_id", rows.String(1)}, {"platform", rows.String(2)}}},
        order ? SubjectOf(customer, order) : platform::Subject{SubjectKind::kCase, rows.Uint64(0)},
        rows.String(5));
    page.end.first = rows.Uint64(0);
  }
  page.records = std::move(objects).Open(sealer, db, shop,
                                         [](PersonalRecord& record, const std::string& clear) {
                                           for (const auto& [name, field] : DecodeFields(clear)) {
                                             record.fields["source:" + name] = field.written;
                                           }
                                         });
  page.more = page.records.size() == limit;
  return page;
}

std::vector<CaseId> FindOld(Connection& db, ShopId shop, std::int64_t older_than,
                            std::size_t most) {
  std::vector<CaseId> ids;
  const std::uint64_t first_later = platform::FirstIdAt(older_than);
  for (const char* statement : {kFindOldTexts, kFindOldImportedTexts}) {
    if (ids.size() == most) break;
    Result rows = db.Query(statement, {shop, first_later, older_than, most - ids.size()});
    while (rows.Next()) ids.push_back(rows.Id<CaseId>(0));
  }
  return ids;
}

}  // namespace

// Of each customer the cases, what was said in them, and the platform's objects.
ExportPage AftersalesPersonalData::Export(ShopId shop, std::span<const CustomerId> customers,
                                          const ExportPlace& after) {
  constexpr std::array kParts = {ReadCases, ReadTexts, ReadObjects};
  return platform::PageThrough(customers.size() * kParts.size(), after, [&](std::uint64_t table) {
    return platform::Read(pool_, [&](Connection& db) {
      return kParts[table % kParts.size()](db, sealer_, shop, customers[table / kParts.size()],
                                           after, kExportPage);
    });
  });
}

bool AftersalesPersonalData::EraseSome(Connection& db, ShopId shop,
                                       std::span<const CustomerId> customers) {
  for (const CustomerId customer : customers) {
    sealer_.DestroySubject(db, shop, SubjectKind::kCustomer, customer.value);
  }
  return false;
}

std::vector<platform::ErasureObstacle> AftersalesPersonalData::Obstacles(
    ShopId shop, std::span<const CustomerId> customers) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<platform::ErasureObstacle> open;
    for (const CustomerId customer : customers) {
      if (open.size() >= kMostObstacles) break;
      Result rows = db.Query(kListOpenCases, {shop, customer, kMostObstacles - open.size()});
      while (rows.Next()) {
        open.push_back({"case", rows.Uint64(0), std::to_string(rows.Uint64(1))});
      }
    }
    return open;
  });
}

platform::RetentionRule StepTextRetention() {
  return {.setting = "retention_text_months",
          .destroys = "what was said in cases that have ended (counted in cases)",
          .count =
              [](Connection& db, ShopId shop, std::int64_t older_than, std::size_t most) {
                return static_cast<std::uint64_t>(FindOld(db, shop, older_than, most).size());
              },
          .destroy_some =
              [](Connection& db, ShopId shop, std::int64_t older_than, std::size_t most,
                 platform::RetentionPlace&) {
                static const MultiRow remove(kDeleteTextsHead, 2, ")");
                const std::vector<CaseId> ids = FindOld(db, shop, older_than, most);
                std::vector<Value> keys;
                for (const CaseId id : ids) keys.insert(keys.end(), {shop, id});
                if (!keys.empty()) remove.Execute(db, keys);
                return static_cast<std::uint64_t>(ids.size());
              }};
}

}  // namespace redress::aftersales
