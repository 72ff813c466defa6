#include "services/customer/tag_wiring.h"

#include <chrono>
#include <memory>

#include "services/customer/api/care_api.h"
#include "services/customer/api/segment_api.h"
#include "services/customer/api/tag_api.h"
#include "services/customer/api/tag_rule_api.h"
#include "services/customer/domain/tags_of_person.h"
#include "services/customer/store/care_store.h"
#include "services/customer/store/rule_questions_store.h"
#include "services/customer/store/segment_store.h"
#include "services/customer/store/sql_judge.h"
#include "services/customer/store/tag_rule_store.h"
#include "services/customer/store/tag_store.h"
#include "services/platform/base/periodic.h"
#include "services/platform/telemetry/log.h"

namespace redress::customer {
namespace {

using platform::KeyKind;
using platform::Parts;

auto ZoneOf(Parts& parts) {
  return [&parts](ShopId shop) { return parts.directory.TimeZoneAt(shop, parts.clock.NowUs()); };
}

void AddJudges(Parts& parts, CustomerFactsReader& facts) {
  auto& judge = parts.Make<SqlJudge>(SqlJudge::Uses{
      parts.pool, parts.ids, parts.clock, parts.sealer, facts, ZoneOf(parts),
      [](ShopId shop, const std::exception& error) {
        platform::LogWarning("customers of a shop could not be judged",
                             {{"shop_id", platform::ToString(shop)}, {"cause", error.what()}});
      }});
  for (std::int64_t i = 0; i < parts.config.Int("customer.judges"); ++i) {
    auto& thread = parts.Make<platform::Periodic>(
        std::chrono::milliseconds(parts.config.Int("customer.judge_poll_ms")),
        [&judge] { return judge.Round(); },
        [](const std::exception& error) {
          platform::LogWarning("shops to judge could not be read", {{"cause", error.what()}});
        });
    parts.OnStart([&thread] { thread.Start(); });
    parts.OnStop([&thread] { thread.Stop(); });
  }
}

}  // namespace

std::vector<platform::ConfigKey> TagConfigKeys() {
  return {
      {"customer.judges", KeyKind::kInteger, "1", "threads that judge customers by the rules"},
      {"customer.judge_poll_ms", KeyKind::kInteger, "500",
       "pause between looks at customers who are due to be judged"},
  };
}

PersonTags& TagsShown(Parts& parts) {
  auto& tags = parts.Make<SqlTagRepository>(parts.pool, parts.ids);
  return parts.Make<TagsOfPerson>(tags, parts.clock);
}

void AddTags(Parts& parts, CustomerFactsReader& facts, People& people) {
  auto& tags = parts.Make<SqlTagRepository>(parts.pool, parts.ids);
  auto& rules = parts.Make<SqlTagRuleRepository>(parts.pool);
  auto& segments = parts.Make<SqlSegmentRepository>(parts.pool);
  auto& care = parts.Make<SqlCareRepository>(parts.pool, parts.sealer);
  auto& questions = parts.Make<SqlRuleQuestions>(
      SqlRuleQuestions::Uses{parts.pool, parts.clock, parts.sealer, facts, people, ZoneOf(parts)});
  parts.AddService(std::make_unique<TagApi>(TagApi::Uses{parts.guard, tags, questions, people}));
  parts.AddService(std::make_unique<TagRuleApi>(
      TagRuleApi::Uses{parts.guard, rules, questions,
                       [&parts](ShopId shop) { return parts.directory.Shop(shop).currency; }}));
  parts.AddService(std::make_unique<SegmentApi>(SegmentApi::Uses{parts.guard, segments}));
  parts.AddService(std::make_unique<CareApi>(CareApi::Uses{parts.guard, care, questions}));
  AddJudges(parts, facts);
}

}  // namespace redress::customer
