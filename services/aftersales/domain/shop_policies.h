#pragma once

// What shops decide for themselves, made ready for batches: deadline rules and settings.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "services/aftersales/domain/batch_store.h"
#include "services/aftersales/domain/deadline_repository.h"

namespace redress::aftersales {

class ShopPolicies final : public PolicySource {
 public:
  // The value of a shop's setting in force now; "" when it was never set. Called within batches: it
  // answers from memory.
  using ReadSetting = std::function<std::string(ShopId, std::string_view name)>;
  // The zone of the shop's clocks on the wall.
  using ReadZone = std::function<std::shared_ptr<const platform::TimeZone>(ShopId)>;
  struct Options {
    bool sends_payments = false;
    // Of an adapter that takes some commands only; without it all or none.
    std::function<bool(SettlementCommand)> sends = nullptr;
    std::int32_t settlement_attempts = 3;  // where the shop sets none
    // How far the shop's own time is ahead of UTC at a moment; without it China's.
    std::function<std::int32_t(ShopId, std::int64_t at_us)> utc_offset_s = nullptr;
    // Of the shop's amounts; without it nobody knows.
    std::function<std::string(ShopId)> currency = nullptr;
    // Another process's rule is seen after this at the latest.
    std::chrono::milliseconds refresh = std::chrono::seconds(2);
    // Without it every hour counts, whatever calendar a rule names.
    ReadZone read_zone = nullptr;
  };

  // References outlive the policies and what they give out.
  ShopPolicies(Options options, DeadlineRepository& deadlines, ReadSetting read_setting,
               platform::IdSource& ids);

  std::unique_ptr<StepperPolicy> ForShops(std::span<const ShopId> shops) override;
  std::shared_ptr<const DeadlineRules> RulesOf(ShopId shop);
  // After a rule was set: the next batch reads the shop's rules again.
  void Forget(ShopId shop);

 private:
  struct Kept {
    std::shared_ptr<const DeadlineRules> rules;
    std::chrono::steady_clock::time_point until;
  };

  const Options options_;
  DeadlineRepository& deadlines_;
  const ReadSetting read_setting_;
  platform::IdSource& ids_;
  std::mutex mutex_;
  std::map<ShopId, Kept> kept_;
};

// The root causes of a shop that has set none.
inline constexpr std::string_view kRootCauses =
    "quality,damaged_in_transit,late_delivery,lost_parcel,wrong_goods,missing_goods,"
    "wrong_description,service,buyer,other";

// Whether a comma-separated list has this very name.
bool IsListed(std::string_view list, std::string_view name);

// Whether a comma-separated list of categories names these goods: by the beginning of the article
// code, or by a part of the title.
bool IsInCategory(std::string_view categories, std::string_view sku, std::string_view title);

}  // namespace redress::aftersales
