#include "services/aftersales/domain/shop_policies.h"

#include <charconv>

namespace redress::aftersales {
namespace {

ReviewRules ReadReviewRules(const std::function<std::string(std::string_view name)>& setting) {
  ReviewRules rules;
  const auto limit = [&](std::string_view name, std::int32_t& of) {
    of = static_cast<std::int32_t>(WholeNumberOr(setting(name), of));
  };
  limit("review_attempts_chat", rules.channel_limits.chat);
  limit("review_attempts_phone", rules.channel_limits.phone);
  limit("review_attempts_sms", rules.channel_limits.sms);
  // A shop on whose platforms all buyers may revise names one that there is not, e.g. `none`.
  if (std::string platforms = setting("unrevisable_platforms"); !platforms.empty()) {
    rules.unrevisable_platforms = std::move(platforms);
  }
  return rules;
}

// Of one batch, hence of one thread.
class BatchPolicy final : public StepperPolicy {
 public:
  struct Shop {
    std::shared_ptr<const DeadlineRules> rules;
    std::string non_returnable;
    std::string root_causes;
    std::int32_t settlement_attempts = 0;
    TriageRules triage;
  };

  BatchPolicy(std::map<ShopId, Shop> shops, const ShopPolicies::Options& options,
              const ShopPolicies::ReadSetting& read_setting, platform::IdSource& ids)
      : shops_(std::move(shops)), options_(options), read_setting_(read_setting), ids_(ids) {}

  const DeadlineRules& RulesOf(ShopId shop) const override { return *shops_.at(shop).rules; }
  bool IsNonReturnable(const LedgerRow& line) const override {
    return IsInCategory(shops_.at(line.shop).non_returnable, line.sku, line.title);
  }
  std::int32_t SettlementAttempts(ShopId shop) const override {
    return shops_.at(shop).settlement_attempts;
  }
  bool IsRootCause(ShopId shop, std::string_view root_cause) const override {
    const std::string& own = shops_.at(shop).root_causes;
    return IsListed(own.empty() ? kRootCauses : std::string_view(own), root_cause);
  }
  bool Sends(SettlementCommand command) const override {
    return options_.sends ? options_.sends(command) : options_.sends_payments;
  }
  TriagePoints Triage(ShopId shop, const TriageFacts& facts) const override {
    return PointsOf(shops_.at(shop).triage, facts);
  }
  ReviewRules Reviews(ShopId shop, std::int64_t now_us) const override {
    constexpr std::int32_t kChinaS = 8 * 3600;
    ReviewRules rules = Once(reviews_, shop, ReadReviewRules);
    rules.part_of_day =
        PartOfDayAt(now_us, options_.utc_offset_s ? options_.utc_offset_s(shop, now_us) : kChinaS);
    return rules;
  }
  const CompensationRules& Compensations(ShopId shop) const override {
    return Once(compensations_, shop, [&](const Setting& setting) {
      CompensationRules rules = ReadCompensationRules(setting);
      if (options_.currency) rules.currency = options_.currency(shop);
      return rules;
    });
  }
  std::uint64_t NextId() const override { return ids_.Next(); }

 private:
  using Setting = std::function<std::string(std::string_view name)>;

  // Few batches ask for these: they are read when the first command does, and stay for the batch.
  template <class Rules, class Read>
  const Rules& Once(std::map<ShopId, Rules>& known, ShopId shop, const Read& read) const {
    const auto found = known.find(shop);
    if (found != known.end()) return found->second;
    const Setting setting = [&](std::string_view name) { return read_setting_(shop, name); };
    return known.emplace(shop, read(setting)).first->second;
  }

  const std::map<ShopId, Shop> shops_;
  const ShopPolicies::Options& options_;
  const ShopPolicies::ReadSetting& read_setting_;
  platform::IdSource& ids_;
  mutable std::map<ShopId, ReviewRules> reviews_;  // the part of the day aside
  mutable std::map<ShopId, CompensationRules> compensations_;
};

std::int32_t NumberOr(const std::string& text, std::int32_t standard) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0 ? number : standard;
}

}  // namespace

ShopPolicies::ShopPolicies(Options options, DeadlineRepository& deadlines, ReadSetting read_setting,
                           platform::IdSource& ids)
    : options_(std::move(options)),
      deadlines_(deadlines),
      read_setting_(std::move(read_setting)),
      ids_(ids) {}

std::unique_ptr<StepperPolicy> ShopPolicies::ForShops(std::span<const ShopId> shops) {
  std::map<ShopId, BatchPolicy::Shop> ready;
  for (const ShopId shop : shops) {
    const auto setting = [&](std::string_view name) { return read_setting_(shop, name); };
    ready[shop] = {RulesOf(shop), setting("non_returnable_categories"), setting("root_causes"),
                   NumberOr(setting("settlement_attempts"), options_.settlement_attempts),
                   ReadTriageRules(setting)};
  }
  return std::make_unique<BatchPolicy>(std::move(ready), options_, read_setting_, ids_);
}

std::shared_ptr<const DeadlineRules> ShopPolicies::RulesOf(ShopId shop) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    const auto kept = kept_.find(shop);
    if (kept != kept_.end() && kept->second.until > now) return kept->second.rules;
  }
  DeadlineSettings settings = deadlines_.Settings(shop);
  if (options_.read_zone && !settings.calendars.empty()) settings.zone = options_.read_zone(shop);
  auto rules = std::make_shared<const DeadlineRules>(std::move(settings));
  const std::lock_guard lock(mutex_);
  kept_[shop] = {rules, now + options_.refresh};
  return rules;
}

void ShopPolicies::Forget(ShopId shop) {
  const std::lock_guard lock(mutex_);
  kept_.erase(shop);
}

bool IsListed(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (!name.empty() && list.substr(0, comma) == name) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

bool IsInCategory(std::string_view categories, std::string_view sku, std::string_view title) {
  while (!categories.empty()) {
    const auto comma = categories.find(',');
    const std::string_view name = categories.substr(0, comma);
    if (!name.empty() &&
        (sku.substr(0, name.size()) == name || title.find(name) != std::string_view::npos)) {
      return true;
    }
    if (comma == std::string_view::npos) return false;
    categories.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace redress::aftersales
