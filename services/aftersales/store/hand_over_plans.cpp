#include "services/aftersales/store/hand_over_plans.h"

#include <sstream>
#include <string>

#include "services/aftersales/store/row_cursor.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;

constexpr char kListOpenCases[] =
    "SELECT case_id FROM cases FORCE INDEX (cases_assignee)"
    " WHERE shop_id = ? AND assignee_id = ? AND final = 0"
    " ORDER BY priority, due_at, case_id LIMIT ?";
constexpr std::string_view kMore = "more";

// "17 18 19 more"
std::string Written(const HandOverPlan& plan) {
  std::string text;
  for (const CaseId id : plan.cases) text += std::to_string(id.value) + " ";
  if (plan.more) text += kMore;
  return text;
}

HandOverPlan ReadPlan(const std::string& text) {
  HandOverPlan plan;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word == kMore) {
      plan.more = true;
    } else {
      plan.cases.push_back(CaseId{std::stoull(word)});
    }
  }
  return plan;
}

}  // namespace

HandOverPlan SqlHandOverPlans::Plan(ShopId shop, const WriteRequest& request, const Leaving& from,
                                    std::size_t limit, std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& db) {
    const auto first =
        platform::FindAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest);
    if (first) return ReadPlan(*first);
    HandOverPlan plan;
    Result rows =
        db.Query(kListOpenCases, {shop, from.account, static_cast<std::int64_t>(limit + 1)});
    while (rows.Next()) {
      RowCursor row(rows);
      row >> plan.cases.emplace_back();
    }
    if (plan.cases.empty() && !from.is_member) {
      throw platform::NotFound("account", platform::ToString(from.account));
    }
    plan.more = plan.cases.size() > limit;
    if (plan.more) plan.cases.pop_back();
    platform::RememberAnswer(db, shop, platform::kClientOrigin, request.request_id, request.digest,
                             Written(plan), now_us);
    return plan;
  });
}

}  // namespace redress::aftersales
