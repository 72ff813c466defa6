#include "services/customer/store/exported_facts.h"

#include <string>
#include <utility>

#include "services/customer/domain/care.h"
#include "services/customer/domain/tag.h"
#include "services/customer/store/privacy_sql.h"
#include "services/customer/store/tag_rows.h"
#include "services/platform/database/transact.h"

namespace redress::customer {

using platform::Connection;
using platform::ExportPage;
using platform::ExportPlace;
using platform::PersonalData;
using platform::PersonalRecord;
using platform::Result;

namespace {

constexpr auto kMost = std::uint64_t{PersonalData::kExportPage};

std::string NameOf(TagAction action) {
  switch (action) {
    case TagAction::kSet:
      return "set";
    case TagAction::kRemoved:
      return "removed";
    case TagAction::kExpired:
      return "expired";
    case TagAction::kHandedBack:
      return "handed_back";
  }
  return "";
}

std::string NameOf(CareState state) {
  switch (state) {
    case CareState::kOpen:
      return "open";
    case CareState::kClaimed:
      return "claimed";
    case CareState::kDone:
      return "done";
    case CareState::kSkipped:
      return "skipped";
  }
  return "";
}

// "orders = 3; refund_rate = 50.0%"
std::string InWords(const std::vector<rules::Reason>& why) {
  std::string words;
  for (const rules::Reason& one : why) {
    if (!words.empty()) words += "; ";
    words += one.fact + " = " + one.value;
  }
  return words;
}

// A page of the rows that `query` finds; `read` makes a record of a row and says where it stands.
template <class Query, class ReadRow>
ExportPage PageOf(platform::Pool& pool, Query query, ReadRow read) {
  return platform::Read(pool, [&](Connection& connection) {
    ExportPage page;
    Result rows = query(connection);
    while (rows.Next()) page.records.push_back(read(rows, page.end));
    page.more = page.records.size() == kMost;
    return page;
  });
}

}  // namespace

ExportPage ExportTagChanges(platform::Pool& pool, ShopId shop, CustomerId customer,
                            const ExportPlace& after) {
  return PageOf(
      pool,
      [&](Connection& connection) {
        return connection.Query(sql::kExportTagChanges, {shop, customer, after.first, kMost});
      },
      [](Result& row, ExportPlace& end) {
        end.first = row.Uint64(0);
        PersonalRecord record{.kind = "tag_change", .id = row.Uint64(0), .at = row.Int64(5)};
        record.fields["tag"] = row.String(1);
        record.fields["action"] = NameOf(static_cast<TagAction>(row.Int64(2)));
        const bool by_rule = static_cast<TagOrigin>(row.Int64(3)) == TagOrigin::kRule;
        record.fields["by"] = by_rule ? "rule" : "hand";
        if (std::string why = InWords(DecodeWhy(row.String(4))); !why.empty()) {
          record.fields["why"] = std::move(why);
        }
        return record;
      });
}

ExportPage ExportCoupons(platform::Pool& pool, ShopId shop, CustomerId customer,
                         const ExportPlace& after) {
  return PageOf(
      pool,
      [&](Connection& connection) {
        return connection.Query(sql::kExportCoupons,
                                {shop, customer, after.first, after.first, after.second, kMost});
      },
      [](Result& row, ExportPlace& end) {
        end.first = row.Uint64(0);
        end.second = row.Uint64(1);
        return PersonalRecord{.kind = "coupon",
                              .id = row.Uint64(0),
                              .at = row.Int64(4),
                              .fields = {{"case_id", std::to_string(row.Uint64(0))},
                                         {"compensation_number", std::to_string(row.Uint64(1))},
                                         {"currency", row.String(2)},
                                         {"amount_minor", std::to_string(row.Int64(3))}}};
      });
}

ExportPage ExportCareTasks(platform::Pool& pool, ShopId shop, CustomerId customer,
                           const ExportPlace& after) {
  return PageOf(
      pool,
      [&](Connection& connection) {
        return connection.Query(sql::kExportCareTasks, {shop, customer, after.first, kMost});
      },
      [](Result& row, ExportPlace& end) {
        end.first = row.Uint64(0);
        PersonalRecord record{
            .kind = "care_task", .id = row.Uint64(0), .at = row.OptInt64(6).value_or(row.Int64(3))};
        record.fields["rule"] = row.String(1);
        record.fields["state"] = NameOf(static_cast<CareState>(row.Int64(2)));
        if (std::string result = row.String(4); !result.empty()) {
          record.fields["result"] = std::move(result);
        }
        if (std::string coupon = row.String(5); !coupon.empty()) {
          record.fields["coupon"] = std::move(coupon);
        }
        return record;
      });
}

}  // namespace redress::customer
