#include "services/aftersales/domain/deadline_rules.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include "services/aftersales/domain/case_kind.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;

constexpr std::uint32_t kLastVersion = std::numeric_limits<std::uint32_t>::max();

using RuleName = std::pair<std::string, std::string>;

const std::map<RuleName, DeadlineRuleRow>& Defaults() {
  static const std::map<RuleName, DeadlineRuleRow> rows = [] {
    std::map<RuleName, DeadlineRuleRow> all;
    for (const workflows::Workflow* workflow : Workflows()) {
      for (const workflows::DeadlineRule& rule : workflow->deadlines) {
        RuleName key{rule.rule, rule.condition};
        DeadlineRuleRow row{key.first,     key.second,  0,    rule.duration_s,
                            rule.repeat_s, rule.warn_s, false};
        all.emplace(std::move(key), std::move(row));
      }
    }
    return all;
  }();
  return rows;
}

constexpr std::array<std::pair<refund::Variant, std::string_view>, 6> kVariants{{
    {refund::Variant::kRefundOnly, "refund_only"},
    {refund::Variant::kReturnAndRefund, "return_and_refund"},
    {refund::Variant::kExchange, "exchange"},
    {refund::Variant::kReship, "reship"},
    {refund::Variant::kPriceDifference, "price_difference"},
    {refund::Variant::kPostage, "postage"},
}};
constexpr std::array<std::pair<dispute::Channel, std::string_view>, 3> kChannels{{
    {dispute::Channel::kDirectComplaint, "direct_complaint"},
    {dispute::Channel::kPlatformComplaint, "platform_complaint"},
    {dispute::Channel::kDeliveryFault, "delivery_fault"},
}};

template <class Names, class Value>
std::string_view NameIn(const Names& names, Value value) {
  const auto found = std::ranges::find(names, value, [](const auto& one) { return one.first; });
  return found == names.end() ? std::string_view() : found->second;
}

// One overload per kind that has variants.
struct VariantName {
  std::string_view operator()(const refund::RefundProgress& of) const {
    return NameIn(kVariants, of.variant);
  }
  std::string_view operator()(const dispute::DisputeProgress& of) const {
    return NameIn(kChannels, of.channel);
  }
  template <class Other>
  std::string_view operator()(const Other&) const {
    return {};
  }
};

template <class Dated>
auto LastAt(const Dated& dated, std::int64_t at_us) -> decltype(&dated.begin()->second) {
  const auto after = dated.upper_bound({at_us, kLastVersion});
  return after == dated.begin() ? nullptr : &std::prev(after)->second;
}

}  // namespace

DeadlineScope ScopeOf(const Case& of) {
  return {of.platform, std::string(std::visit(VariantName(), of.progress))};
}

bool IsVariant(std::string_view name) {
  const auto is_it = [&](const auto& one) { return one.second == name; };
  return std::ranges::any_of(kVariants, is_it) || std::ranges::any_of(kChannels, is_it);
}

bool DeadlineRules::CountsFromSubject(std::string_view rule, std::string_view condition) {
  for (const workflows::Workflow* workflow : Workflows()) {
    for (const workflows::DeadlineRule& own : workflow->deadlines) {
      if (own.rule != rule || own.condition != condition) continue;
      return own.counts_from == workflows::CountsFrom::kSubject;
    }
  }
  return false;
}

DeadlineTimes TimesOf(const DeadlineRuleRow& rule, bool repeated, std::int64_t armed_at) {
  if (repeated) return {armed_at + rule.repeat_s * platform::kSecondUs, 0};
  DeadlineTimes times{armed_at + rule.duration_s * platform::kSecondUs, 0};
  if (rule.warn_s > 0 && rule.warn_s < rule.duration_s) {
    times.warn_at = armed_at + rule.warn_s * platform::kSecondUs;
  }
  return times;
}

DeadlineTimes TimesSince(const DeadlineRuleRow& rule, std::int64_t since, std::int64_t armed_at) {
  DeadlineTimes times = TimesOf(rule, false, since);
  if (times.due_at <= armed_at) return {armed_at, 0};
  if (times.warn_at != 0) times.warn_at = std::max(times.warn_at, armed_at);
  return times;
}

DeadlineRules::DeadlineRules(std::vector<DeadlineRuleRow> own)
    : DeadlineRules(DeadlineSettings{std::move(own), {}, {}}) {}

DeadlineRules::DeadlineRules(DeadlineSettings settings) : zone_(std::move(settings.zone)) {
  for (DeadlineRuleRow& row : settings.rules) {
    row.own = true;
    own_[{row.rule, row.condition, row.scope}].insert_or_assign({row.effective_at, row.version},
                                                                row);
  }
  for (BusinessCalendar& calendar : settings.calendars) {
    auto& dated = calendars_[calendar.name];
    const std::pair at{calendar.effective_at, calendar.version};
    dated.insert_or_assign(at, std::move(calendar));
  }
}

const DeadlineRuleRow* DeadlineRules::FindOwn(const Key& key, std::int64_t at_us) const {
  const auto own = own_.find(key);
  if (own == own_.end()) return nullptr;
  const DeadlineRuleRow* row = LastAt(own->second, at_us);
  return row == nullptr || row->ended ? nullptr : row;
}

const DeadlineRuleRow& DeadlineRules::At(std::string_view rule, std::string_view condition,
                                         std::int64_t at_us, const DeadlineScope& scope) const {
  const RuleName name{rule, condition};
  if (!own_.empty()) {
    // From the closest to the widest.
    for (const DeadlineScope& tried : {scope, DeadlineScope{scope.platform, ""},
                                       DeadlineScope{"", scope.variant}, DeadlineScope{}}) {
      const DeadlineRuleRow* row = FindOwn({name.first, name.second, tried}, at_us);
      if (row != nullptr) return *row;
    }
  }
  const auto found = Defaults().find(name);
  if (found == Defaults().end()) {
    throw std::invalid_argument("no deadline rule " + name.first + "/" + name.second);
  }
  return found->second;
}

DeadlineRules DeadlineRules::Recorded(std::vector<DeadlineBasis> bases) {
  DeadlineRules rules;
  rules.recorded_ = std::move(bases);
  return rules;
}

DeadlineBasis DeadlineRules::Arm(const DeadlineNeed& need, std::int64_t at_us) const {
  for (DeadlineBasis basis : recorded_) {
    if (basis.rule != need.rule || basis.condition != need.condition) continue;
    // Nobody is warned of a deadline that was armed again, nor after it.
    const bool warns = !need.repeat && basis.warn_at >= at_us && basis.warn_at < basis.due_at;
    if (!warns) basis.warn_at = 0;
    return basis;
  }
  const DeadlineRuleRow& row = At(need.rule, need.condition, at_us, need.scope);
  DeadlineBasis basis;
  basis.source = row.own ? DeadlineBasis::Source::kShop : DeadlineBasis::Source::kDefault;
  basis.rule = row.rule;
  basis.condition = row.condition;
  basis.platform = row.scope.platform;
  basis.variant = row.scope.variant;
  basis.version = row.version;
  basis.effective_at = row.effective_at;
  basis.amount_s = need.repeat ? row.repeat_s : row.duration_s;
  basis.repeated = need.repeat;
  basis.calendar = row.calendar;
  const bool from_subject = need.since != 0 && !need.repeat;
  basis.start_at = from_subject ? need.since : at_us;
  const DeadlineTimes times =
      from_subject ? TimesSince(row, need.since, at_us) : TimesOf(row, need.repeat, at_us);
  basis.due_at = times.due_at;
  basis.warn_at = times.warn_at;
  if (!basis.calendar.empty()) CountWorkingTime(basis, times.warn_at == 0 ? 0 : row.warn_s, at_us);
  return basis;
}

std::optional<std::int64_t> DeadlineRules::AfterWorkingTime(std::string_view calendar,
                                                            std::int64_t from_at,
                                                            std::int64_t amount_s) const {
  const BusinessCalendar* found = CalendarAt(calendar, from_at);
  if (found == nullptr || zone_ == nullptr) return std::nullopt;
  return OpenTime(*found, *zone_).Add(from_at, amount_s * platform::kSecondUs);
}

void DeadlineRules::CountWorkingTime(DeadlineBasis& basis, std::int64_t warn_s,
                                     std::int64_t armed_at) const {
  const auto due = AfterWorkingTime(basis.calendar, basis.start_at, basis.amount_s);
  if (!due) {
    basis.calendar.clear();
    return;
  }
  // Counted from before the arming, it may be over already.
  basis.due_at = std::max(*due, armed_at);
  basis.warn_at = 0;
  if (warn_s > 0 && basis.due_at > armed_at) {
    const auto warn = AfterWorkingTime(basis.calendar, basis.start_at, warn_s);
    basis.warn_at = std::max(warn.value_or(0), armed_at);
  }
  basis.calendar_version = CalendarAt(basis.calendar, basis.start_at)->version;
  basis.zone = zone_->name();
}

const BusinessCalendar* DeadlineRules::CalendarAt(std::string_view name, std::int64_t at_us) const {
  const auto found = calendars_.find(name);
  return found == calendars_.end() ? nullptr : LastAt(found->second, at_us);
}

std::vector<DeadlineRuleRow> DeadlineRules::All() const {
  std::vector<DeadlineRuleRow> rows;
  for (const auto& [name, row] : Defaults()) {
    rows.push_back(row);
    auto own = own_.lower_bound({name.first, name.second, DeadlineScope{}});
    for (; own != own_.end() && std::get<0>(own->first) == name.first &&
           std::get<1>(own->first) == name.second;
         ++own) {
      for (const auto& [at, own_row] : own->second) rows.push_back(own_row);
    }
  }
  return rows;
}

bool DeadlineRules::IsKnown(std::string_view rule, std::string_view condition) {
  return Defaults().contains({std::string(rule), std::string(condition)});
}

void CheckWorkingTime(const DeadlineRules& rules, const DeadlineRuleRow& rule) {
  if (rule.calendar.empty() || rule.ended) return;
  if (rules.CalendarAt(rule.calendar, rule.effective_at) == nullptr) {
    throw platform::InvalidField("calendar",
                                 "is no business calendar in force when the rule is; "
                                 "set the calendar first, or from an earlier date");
  }
  for (const std::int64_t amount_s : {rule.duration_s, rule.repeat_s}) {
    if (rules.AfterWorkingTime(rule.calendar, rule.effective_at, amount_s)) continue;
    throw platform::InvalidField(
        "calendar",
        "does not open for so long within ten years; take a shorter duration, or a "
        "calendar with more open hours");
  }
}

}  // namespace redress::aftersales
