#include "services/identity/domain/shop.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::identity {
namespace {

using platform::Code;
using platform::InvalidField;
using platform::Refusal;
using platform::TimeZone;

constexpr std::string_view kCurrency = "currency_code";
constexpr std::string_view kNonReturnable = "non_returnable_categories";
constexpr std::string_view kRootCauses = "root_causes";
constexpr std::string_view kSettlementAttempts = "settlement_attempts";
constexpr std::string_view kTimeZone = "time_zone";

constexpr std::size_t kMostNames = 200;
constexpr std::size_t kLongestCategory = 100;
constexpr std::size_t kLongestCause = 64;  // what a step that names one can hold
constexpr int kMostAttempts = 10;

constexpr std::size_t kLongestKind = 16;
constexpr std::string_view kUrgentKinds = "triage_urgent_kinds";
constexpr std::string_view kCompensationReasons = "compensation_reasons";
constexpr std::string_view kUnrevisable = "unrevisable_platforms";
constexpr std::size_t kLongestPlatform = 32;
constexpr int kMostReviewAttempts = 3;
// Settings that are whole numbers within bounds.
struct NumberSetting {
  std::string_view name;
  std::int64_t least = 0;
  std::int64_t most = 0;
};
constexpr std::int64_t kLargestAmount = 1'000'000'000'000'000;
constexpr std::int64_t kMostMonths = 1200;
constexpr std::int64_t kYearHours = std::int64_t{366} * 24;
constexpr std::array<NumberSetting, 16> kNumbers{{
    {"compensation_agent_month", 0, kLargestAmount},
    {"compensation_agent_single", 0, kLargestAmount},
    {"compensation_supervisor_month", 0, kLargestAmount},
    {"compensation_supervisor_single", 0, kLargestAmount},
    // 0 keeps for ever.
    {"retention_contact_months", 0, kMostMonths},
    {"retention_reveal_months", 0, kMostMonths},
    {"retention_text_months", 0, kMostMonths},
    {"review_attempts_chat", 0, kMostReviewAttempts},
    {"review_attempts_phone", 0, kMostReviewAttempts},
    {"review_attempts_sms", 0, kMostReviewAttempts},
    {kSettlementAttempts, 1, kMostAttempts},
    {"triage_amount_high", 0, kLargestAmount},
    {"triage_amount_very_high", 0, kLargestAmount},
    {"triage_due_soon_hours", 0, kYearHours},
    {"triage_due_very_soon_hours", 0, kYearHours},
    {"triage_platform_points", 0, 3},
}};

std::string_view Trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool IsList(std::string_view setting) {
  return setting == kNonReturnable || setting == kRootCauses || setting == kUrgentKinds ||
         setting == kUnrevisable || setting == kCompensationReasons;
}

std::vector<std::string_view> SplitNames(std::string_view value) {
  std::vector<std::string_view> names;
  while (!value.empty()) {
    const auto comma = value.find(',');
    if (const auto name = Trim(value.substr(0, comma)); !name.empty()) names.push_back(name);
    value = comma == std::string_view::npos ? std::string_view() : value.substr(comma + 1);
  }
  return names;
}

void CheckNames(std::string_view value, std::string_view what, std::size_t longest) {
  const auto names = SplitNames(value);
  if (names.size() > kMostNames) {
    throw InvalidField("value", "names " + std::to_string(names.size()) + " of them, at most " +
                                    std::to_string(kMostNames) + " are possible");
  }
  for (const std::string_view name : names) {
    const auto length = platform::Utf8Length(name);
    if (!length) throw InvalidField("value", "is not UTF-8 text");
    if (*length > longest) {
      throw InvalidField("value", std::string(what) + " has at most " + std::to_string(longest) +
                                      " characters; separate with commas");
    }
  }
}

void CheckNumber(const NumberSetting& setting, std::string_view value) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < setting.least ||
      number > setting.most) {
    throw InvalidField("value", std::string(setting.name) + " is a whole number from " +
                                    std::to_string(setting.least) + " to " +
                                    std::to_string(setting.most));
  }
}

// Whoever reads the setting knows which kinds there are; one that there is not is never met.
void CheckKinds(std::string_view value) {
  for (const std::string_view kind : SplitNames(value)) {
    if (kind.size() <= kLongestKind &&
        kind.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos) {
      continue;
    }
    throw InvalidField("value",
                       "names kinds of case in small letters, separated by commas, like "
                       "dispute,review; none switches it off");
  }
}

// "a, b ,,c" is stored as "a,b,c".
std::string Normalised(const SettingChange& change) {
  if (!IsList(change.name)) return change.value;
  std::string out;
  for (const std::string_view name : SplitNames(change.value)) {
    if (!out.empty()) out += ',';
    out += name;
  }
  return out;
}

void CheckZoneMoment(std::string_view zone_in_force, std::int64_t at, std::int64_t now_us) {
  const auto zone = TimeZone::Load(zone_in_force);
  if (at > now_us && zone->DayStart(zone->DayOf(at)) == at) return;
  const std::int64_t next_day = zone->DayOf(std::max(at, now_us)) + 1;
  throw InvalidField("effective_time",
                     "a time zone changes at a coming midnight of the zone it replaces (" +
                         std::string(zone_in_force) + "); the next one begins " +
                         platform::DayText(next_day) + ", at " +
                         std::to_string(zone->DayStart(next_day) / platform::kSecondUs) +
                         " seconds since 1970");
}

}  // namespace

std::span<const std::string> KnownSettings() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all{std::string(kCurrency),           std::string(kNonReturnable),
                                 std::string(kRootCauses),         std::string(kTimeZone),
                                 std::string(kUrgentKinds),        std::string(kUnrevisable),
                                 std::string(kCompensationReasons)};
    for (const NumberSetting& number : kNumbers) all.emplace_back(number.name);
    std::ranges::sort(all);
    return all;
  }();
  return names;
}

void CheckSettingForm(const SettingChange& change) {
  const auto known = KnownSettings();
  if (std::find(known.begin(), known.end(), change.name) == known.end()) {
    const auto nearest = platform::NearestName(change.name, known);
    std::string text = "is no setting";
    if (nearest) text += "; did you mean " + *nearest + "?";
    throw InvalidField("name", text);
  }
  if (change.name == kCurrency) {
    throw Refusal(Code::kFailedPrecondition, "SETTING_FIXED",
                  "a shop keeps the currency it was created with: open another shop for another "
                  "currency");
  }
  if (change.name == kTimeZone && !TimeZone::Exists(change.value)) {
    throw InvalidField("value", "is no IANA time zone; write one like Asia/Shanghai");
  }
  for (const NumberSetting& number : kNumbers) {
    if (change.name == number.name) CheckNumber(number, change.value);
  }
  if (change.name == kUrgentKinds) CheckKinds(change.value);
  if (change.name == kUnrevisable) CheckNames(change.value, "a platform", kLongestPlatform);
  if (change.name == kNonReturnable) CheckNames(change.value, "a category", kLongestCategory);
  if (change.name == kCompensationReasons) CheckNames(change.value, "a reason", kLongestCause);
  if (change.name == kRootCauses) CheckNames(change.value, "a root cause", kLongestCause);
}

ShopSetting DecideSetting(const SettingChange& change, std::string_view zone_in_force,
                          std::int64_t now_us) {
  const std::int64_t at = change.effective_at.value_or(now_us);
  if (at < now_us) {
    throw InvalidField("effective_time",
                       "lies in the past; leave it empty for now, since earlier days keep the "
                       "value they had");
  }
  if (change.name == kTimeZone) CheckZoneMoment(zone_in_force, at, now_us);
  return {change.name, Normalised(change), at};
}

}  // namespace redress::identity
