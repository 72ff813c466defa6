#include "services/aftersales/domain/deadline_rules.h"

#include <algorithm>
#include <stdexcept>

#include "services/aftersales/domain/case_kind.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {
namespace {

using Key = std::pair<std::string, std::string>;

const std::map<Key, DeadlineRuleRow>& Defaults() {
  static const std::map<Key, DeadlineRuleRow> rows = [] {
    std::map<Key, DeadlineRuleRow> all;
    for (const workflows::Workflow* workflow : Workflows()) {
      for (const workflows::DeadlineRule& rule : workflow->deadlines) {
        Key key{rule.rule, rule.condition};
        DeadlineRuleRow row{key.first,     key.second,  0,    rule.duration_s,
                            rule.repeat_s, rule.warn_s, false};
        all.emplace(std::move(key), std::move(row));
      }
    }
    return all;
  }();
  return rows;
}

}  // namespace

DeadlineRules::DeadlineRules(std::vector<DeadlineRuleRow> own) {
  for (DeadlineRuleRow& row : own) {
    row.own = true;
    own_[{row.rule, row.condition}].insert_or_assign(row.effective_at, row);
  }
}

const DeadlineRuleRow& DeadlineRules::At(std::string_view rule, std::string_view condition,
                                         std::int64_t at_us) const {
  const Key key{rule, condition};
  if (const auto own = own_.find(key); own != own_.end()) {
    auto after = own->second.upper_bound(at_us);
    if (after != own->second.begin()) return std::prev(after)->second;
  }
  const auto found = Defaults().find(key);
  if (found == Defaults().end()) {
    throw std::invalid_argument("no deadline rule " + key.first + "/" + key.second);
  }
  return found->second;
}

std::vector<DeadlineRuleRow> DeadlineRules::All() const {
  std::vector<DeadlineRuleRow> rows;
  for (const auto& [key, row] : Defaults()) {
    rows.push_back(row);
    const auto own = own_.find(key);
    if (own == own_.end()) continue;
    for (const auto& [at, own_row] : own->second) rows.push_back(own_row);
  }
  return rows;
}

bool DeadlineRules::IsKnown(std::string_view rule, std::string_view condition) {
  return Defaults().contains({std::string(rule), std::string(condition)});
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

}  // namespace redress::aftersales
