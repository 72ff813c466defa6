#include "services/platform/privacy/retention.h"

#include <charconv>
#include <limits>

#include "services/platform/database/transact.h"
#include "services/platform/privacy/privacy_sql.h"

namespace redress::platform {

std::uint32_t Retention::MonthsOf(ShopId shop, const RetentionRule& rule) const {
  const std::string text = uses_.setting(shop, rule.setting);
  std::uint32_t months = 0;
  // What identity stored is a number; anything else switches nothing on.
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), months);
  return problem == std::errc() && end == text.data() + text.size() ? months : 0;
}

std::uint64_t Retention::DestroySome(ShopId shop, const RetentionRule& rule,
                                     const RetentionRun& run, RetentionPlace& place) {
  RetentionPlace next;
  const std::uint64_t all = Transact(uses_.pool, [&](Connection& connection) {
    next = place;
    const std::uint64_t destroyed =
        rule.destroy_some(connection, shop, run.older_than, kBatch, next);
    if (destroyed > 0) {
      connection.Execute(kAddRetentionRun,
                         {shop, run.id, run.setting, run.older_than, destroyed, run.ran_at});
    }
    return destroyed;
  });
  place = next;
  return all;
}

void Retention::Run(const std::function<bool()>& stop) {
  for (const ShopId shop : uses_.shops()) {
    for (const RetentionRule& rule : rules_) {
      const std::uint32_t months = MonthsOf(shop, rule);
      if (months == 0) continue;
      const std::int64_t now = uses_.clock.NowUs();
      const RetentionRun run{.id = uses_.ids.Next(),
                             .setting = rule.setting,
                             .older_than = now - months * kMonthUs,
                             .ran_at = now};
      RetentionPlace place;
      while (!stop() && DestroySome(shop, rule, run, place) > 0) continue;
    }
  }
}

std::vector<RetentionPreview> Retention::Preview(ShopId shop, std::optional<std::uint32_t> months) {
  std::vector<RetentionPreview> previews;
  const std::int64_t now = uses_.clock.NowUs();
  for (const RetentionRule& rule : rules_) {
    RetentionPreview preview{.rule = &rule, .months = months.value_or(MonthsOf(shop, rule))};
    if (preview.months > 0) {
      preview.due = Read(uses_.pool, [&](Connection& connection) {
        return rule.count(connection, shop, now - preview.months * kMonthUs, kMostCounted);
      });
    }
    previews.push_back(preview);
  }
  return previews;
}

std::vector<RetentionRun> Retention::List(ShopId shop, std::optional<std::uint64_t> before,
                                          std::size_t limit) {
  const std::uint64_t start = before.value_or(std::numeric_limits<std::uint64_t>::max());
  return Read(uses_.pool, [&](Connection& connection) {
    std::vector<RetentionRun> runs;
    Result rows = connection.Query(kListRetentionRuns, {shop, start, limit});
    while (rows.Next()) {
      runs.push_back(
          {rows.Uint64(0), rows.String(1), rows.Int64(2), rows.Uint64(3), rows.Int64(4)});
    }
    return runs;
  });
}

}  // namespace redress::platform
