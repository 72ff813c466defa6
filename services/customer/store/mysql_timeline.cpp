#include "services/customer/store/mysql_timeline.h"

#include <algorithm>
#include <utility>

#include "services/customer/store/care_sql.h"
#include "services/customer/store/care_task_rows.h"
#include "services/customer/store/contact_rows.h"
#include "services/customer/store/fact_rows.h"
#include "services/customer/store/person_reads.h"
#include "services/customer/store/read_sql.h"
#include "services/customer/store/rfm_rows.h"
#include "services/customer/store/union_of.h"
#include "services/platform/database/transact.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::Result;

std::int64_t MomentOf(const OrderFact& fact) { return fact.ordered_at; }
std::int64_t MomentOf(const CaseFact& fact) { return fact.opened_at; }
std::int64_t MomentOf(const ConversationFact& fact) { return fact.started_at; }
std::int64_t MomentOf(const AdjustmentFact& fact) { return fact.adjusted_at; }
std::int64_t MomentOf(const CareTask& task) { return task.finished_at; }
std::int64_t MomentOf(const CouponFact& coupon) { return coupon.given.given_at; }

template <class Fact>
class FactSource final : public EntrySource {
 public:
  FactSource(EntryKind kind, const char* statement, Fact (*read)(const Result&))
      : kind_(kind), select_(statement), read_(read) {}

  EntryKind kind() const override { return kind_; }

  std::vector<TimelineEntry> Read(Connection& connection, ShopId shop, const Person& person,
                                  const TimelineCursor& after, std::size_t limit) override {
    std::vector<TimelineEntry> entries;
    select_.Query(connection, shop, person.members,
                  {after.happened_at, after.happened_at, after.BelowId(kind_), limit},
                  [&](Result& row) {
                    Fact fact = read_(row);
                    TimelineEntry& entry = entries.emplace_back();
                    entry.kind = kind_;
                    entry.id = fact.id.value;
                    entry.happened_at = MomentOf(fact);
                    entry.customer = fact.customer;
                    entry.what = std::move(fact);
                  });
    return entries;
  }

 private:
  const EntryKind kind_;
  const UnionOf select_;
  Fact (*const read_)(const Result&);
};

}  // namespace

MysqlTimeline::MysqlTimeline(platform::Pool& pool) : pool_(pool) {
  Add(std::make_unique<FactSource<OrderFact>>(EntryKind::kOrder, sql::kSelectOrdersOf, ReadOrder));
  Add(std::make_unique<FactSource<CaseFact>>(EntryKind::kCase, sql::kSelectCasesOf, ReadCase));
  Add(std::make_unique<FactSource<ConversationFact>>(
      EntryKind::kConversation, sql::kSelectConversationsOf, ReadConversation));
  Add(std::make_unique<FactSource<AdjustmentFact>>(EntryKind::kAdjustment,
                                                   sql::kSelectAdjustmentsOf, ReadAdjustment));
  Add(std::make_unique<FactSource<CareTask>>(EntryKind::kCare, sql::kSelectCareOf, CareTaskOf));
  Add(std::make_unique<FactSource<CouponFact>>(EntryKind::kCoupon, sql::kSelectCouponsOf,
                                               ReadCoupon));
}

PersonSummary MysqlTimeline::Summary(ShopId shop, const Person& person) {
  return platform::Read(pool_, [&](Connection& connection) {
    PersonSummary summary;
    summary.figures = FiguresOf(person, SelectFigures(connection, shop, person.members));
    summary.bounds = SelectBounds(connection, shop, kNewestVersion);
    if (summary.bounds) summary.scores = ScoresOf(summary.figures, *summary.bounds);
    summary.no_contact = AnyAsksForNoContact(connection, shop, person.members);
    return summary;
  });
}

TimelinePage MysqlTimeline::Entries(ShopId shop, const Person& person, const TimelineCursor& after,
                                    std::span<const EntryKind> kinds, std::size_t size) {
  return platform::Read(pool_, [&](Connection& connection) {
    std::vector<std::vector<TimelineEntry>> lists;
    for (const auto& source : sources_) {
      const bool wanted =
          kinds.empty() || std::find(kinds.begin(), kinds.end(), source->kind()) != kinds.end();
      if (wanted) lists.push_back(source->Read(connection, shop, person, after, size + 1));
    }
    return MergePage(std::move(lists), size);
  });
}

}  // namespace redress::customer
