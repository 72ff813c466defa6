// Destroys what is older than a shop wants it kept. Rules are off until the shop sets how many
// months; each destruction is recorded in its own transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/privacy/personal_data.h"

namespace redress::platform {

struct RetentionPreview {
  const RetentionRule* rule = nullptr;
  std::uint32_t months = 0;  // 0: never
  std::uint64_t due = 0;     // counted up to Retention::kMostCounted
};

struct RetentionRun {
  std::uint64_t id = 0;
  std::string setting = {};
  std::int64_t older_than = 0;
  std::uint64_t destroyed = 0;
  std::int64_t ran_at = 0;
};

class Retention {
 public:
  static constexpr std::size_t kMostCounted = 10'000;
  static constexpr std::size_t kBatch = 500;
  // Twelve of them are a year; a rule is no calendar.
  static constexpr std::int64_t kMonthUs = std::int64_t{2'629'746} * 1'000'000;

  struct Uses {
    Pool& pool;
    IdSource& ids;
    const Clock& clock;
    std::function<std::vector<ShopId>()> shops;
    // A shop setting's text; "" where it was never set.
    std::function<std::string(ShopId, std::string_view name)> setting;
  };

  Retention(Uses uses, std::vector<RetentionRule> rules)
      : uses_(std::move(uses)), rules_(std::move(rules)) {}

  // One look at every shop and rule: destroys all that is due, batch by batch, until `stop`.
  void Run(const std::function<bool()>& stop);
  // As if each rule said `months`; by the shop's settings without.
  std::vector<RetentionPreview> Preview(ShopId shop, std::optional<std::uint32_t> months);
  // Newest first.
  std::vector<RetentionRun> List(ShopId shop, std::optional<std::uint64_t> before,
                                 std::size_t limit);

 private:
  std::uint32_t MonthsOf(ShopId shop, const RetentionRule& rule) const;
  std::uint64_t DestroySome(ShopId shop, const RetentionRule& rule, const RetentionRun& run,
                            RetentionPlace& place);

  Uses uses_;
  const std::vector<RetentionRule> rules_;
};

}  // namespace redress::platform
