#include "services/aftersales/store/platform_object_rows.h"

#include <map>
#include <optional>

#include "services/aftersales/store/subject.h"
#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;
using platform::Subject;
using platform::Value;

#define REDRESS_PLATFORM_OBJECT_NAMES                                                   \
  "refund_id, kind, object_id, platform, case_id, order_id, customer_id, version,"      \
  " status, ended, order_number, line_number, attention, detail, needs_look, attempts," \
  " due_at, row_version, pushes, created_at, updated_at, fields_sealed"
constexpr std::size_t kColumns = 23;

constexpr char kInsertNewHead[] =
    "INSERT INTO platform_refunds (shop_id, " REDRESS_PLATFORM_OBJECT_NAMES ") VALUES ";
constexpr char kStaysAsItIs[] = " ON DUPLICATE KEY UPDATE shop_id = shop_id";
constexpr char kWriteHead[] =
    "INSERT INTO platform_refunds (shop_id, " REDRESS_PLATFORM_OBJECT_NAMES ") VALUES ";
constexpr char kOverwrite[] =
    " ON DUPLICATE KEY UPDATE case_id = VALUES(case_id), order_id = VALUES(order_id),"
    " customer_id = VALUES(customer_id), version = VALUES(version), status = VALUES(status),"
    " ended = VALUES(ended), order_number = VALUES(order_number),"
    " line_number = VALUES(line_number), attention = VALUES(attention), detail = VALUES(detail),"
    " needs_look = VALUES(needs_look), attempts = VALUES(attempts), due_at = VALUES(due_at),"
    " row_version = VALUES(row_version), pushes = VALUES(pushes),"
    " updated_at = VALUES(updated_at), fields_sealed = VALUES(fields_sealed)";
constexpr char kLockHead[] = "SELECT f.shop_id, " REDRESS_PLATFORM_OBJECT_COLUMNS
                             ", f.fields_sealed FROM platform_refunds f FORCE INDEX (PRIMARY)"
                             " WHERE (f.shop_id, f.refund_id) IN (";
constexpr char kCountHead[] =
    "INSERT INTO platform_unmapped (shop_id, field, code, unmapped_id, objects, refund_id,"
    " first_at, last_at) VALUES ";
constexpr char kAddObjects[] =
    " ON DUPLICATE KEY UPDATE objects = objects + VALUES(objects), last_at = VALUES(last_at)";

Subject SubjectOfObject(const PlatformObject& refund) {
  if (refund.order) return SubjectOf(refund.customer, refund.order);
  return {platform::SubjectKind::kCase, refund.object};
}

void AppendObject(std::vector<Value>& values, const PlatformObject& refund,
                  const std::string& sealed) {
  values.insert(values.end(), {refund.shop,
                               refund.key,
                               Number(refund.kind),
                               refund.object,
                               refund.platform,
                               refund.case_id,
                               refund.order,
                               refund.customer,
                               refund.version,
                               refund.status,
                               refund.ended ? 1 : 0,
                               refund.order_number,
                               refund.line_number,
                               refund.attention,
                               refund.detail,
                               refund.attention.empty() ? 0 : 1,
                               refund.attempts,
                               NullIfZero(refund.due_at),
                               refund.row_version,
                               refund.pushes,
                               refund.created_at,
                               refund.updated_at,
                               sealed});
}

}  // namespace

const platform::MultiRow kInsertNewPlatformObjects(kInsertNewHead, kColumns, kStaysAsItIs);
const platform::MultiRow kWritePlatformObjects(kWriteHead, kColumns, kOverwrite);
const platform::MultiRow kLockPlatformObjects(kLockHead, 2, ") FOR UPDATE");
const platform::MultiRow kCountUnmapped(kCountHead, 8, kAddObjects);

PlatformObject ReadPlatformObject(Result& result) {
  PlatformObject refund;
  RowCursor row(result);
  row >> refund.shop, row >> refund.key, row >> refund.kind, row >> refund.object;
  row >> refund.platform;
  row >> refund.case_id, row >> refund.order, row >> refund.customer, row >> refund.version;
  row >> refund.status, row >> refund.ended, row >> refund.order_number;
  row >> refund.line_number, row >> refund.attention, row >> refund.detail;
  row >> refund.attempts;
  row.Optional(refund.due_at);
  row >> refund.row_version, row >> refund.pushes, row >> refund.created_at;
  row >> refund.updated_at;
  return refund;
}

SealedObject ReadSealedObject(Result& result) {
  constexpr int kSealedColumn = 21;
  return {ReadPlatformObject(result), result.String(kSealedColumn)};
}

void OpenFields(Connection& db, platform::Sealer& sealer, std::span<SealedObject> refunds) {
  std::map<ShopId, std::vector<SealedObject*>> shops;
  for (SealedObject& one : refunds) shops[one.refund.shop].push_back(&one);
  for (const auto& [shop, own] : shops) {
    std::vector<platform::OpenItem> items;
    for (const SealedObject* one : own) {
      items.push_back({SubjectOfObject(one->refund), one->sealed});
    }
    const auto opened = sealer.OpenMany(db, shop, items);
    for (std::size_t i = 0; i < own.size(); ++i) {
      const std::optional<std::string>& fields = opened[i];
      own[i]->erased = !fields;
      if (fields) own[i]->refund.fields = DecodeFields(*fields);
    }
  }
}

void WriteObjects(Connection& db, platform::Sealer& sealer,
                  std::span<const PlatformObject* const> refunds) {
  std::map<ShopId, std::vector<const PlatformObject*>> shops;
  for (const PlatformObject* one : refunds) shops[one->shop].push_back(one);
  for (const auto& [shop, own] : shops) {
    std::vector<std::string> clear;
    for (const PlatformObject* one : own) clear.push_back(EncodeFields(one->fields));
    std::vector<platform::SealItem> items;
    for (std::size_t i = 0; i < own.size(); ++i) {
      items.push_back({SubjectOfObject(*own[i]), clear[i]});
    }
    const std::vector<std::string> sealed = sealer.SealUnlessErased(db, shop, items);
    std::vector<Value> values;
    for (std::size_t i = 0; i < own.size(); ++i) AppendObject(values, *own[i], sealed[i]);
    kWritePlatformObjects.Execute(db, values);
  }
}

}  // namespace redress::aftersales
