#include "tests/integration/clients/log_figures.h"

#include <absl/time/time.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <set>

#include "tests/integration/clients/distribution.h"
#include "tests/integration/clients/uci_figures.h"

namespace redress::test {
namespace {

using google::protobuf::Struct;
using Steps = std::vector<StoredStep>;
using Durations = std::vector<std::int64_t>;

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kDayUs = 86'400 * kSecondUs;
const DurationUnit kHours{"hours", 3600 * kSecondUs};
const DurationUnit kDays{"days", kDayUs};

std::string Written(std::int64_t at_us) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixMicros(at_us), absl::UTCTimeZone());
}
std::string WeekOf(std::int64_t at_us) {
  return absl::FormatTime("%G-W%V", absl::FromUnixMicros(at_us), absl::UTCTimeZone());
}
std::int64_t Length(const Steps& steps) { return steps.back().at_us - steps.front().at_us; }
bool IsClosed(const Steps& steps) { return steps.back().completes; }

auto FirstDone(const Steps& steps) {
  return std::find_if(steps.begin(), steps.end(), [](const StoredStep& s) { return s.completes; });
}
auto FirstOf(const Steps& steps, std::string_view prefix) {
  return std::find_if(steps.begin(), steps.end(),
                      [&](const StoredStep& s) { return s.activity.starts_with(prefix); });
}
auto LastOf(const Steps& steps, const std::string& activity) {
  return std::find_if(steps.rbegin(), steps.rend(),
                      [&](const StoredStep& s) { return s.activity == activity; });
}

std::map<std::string, std::int64_t> VariantsOf(const std::vector<const Steps*>& cases) {
  std::map<std::string, std::int64_t> variants;
  for (const Steps* steps : cases) {
    std::string path;
    for (const StoredStep& step : *steps) path += step.activity + "\n";
    ++variants[path];
  }
  return variants;
}

void PutVariants(Struct& figures, const std::vector<const Steps*>& cases) {
  const auto variants = VariantsOf(cases);
  PutCount(figures, "variants", static_cast<std::int64_t>(variants.size()));
  Durations counts;
  for (const auto& [path, count] : variants) counts.push_back(count);
  std::sort(counts.rbegin(), counts.rend());
  auto& top = *(*figures.mutable_fields())["top3_variant_counts"].mutable_list_value();
  for (std::size_t i = 0; i < 3 && i < counts.size(); ++i) {
    top.add_values()->set_number_value(static_cast<double>(counts[i]));
  }
}

struct PerAgent {
  std::int64_t events = 0;
  std::set<std::size_t> cases;
  std::int64_t done = 0;
  std::int64_t closed = 0;
};

void PutAgents(Struct& figures, const StoredCases& cases, const Struct& expected) {
  std::map<std::string, PerAgent> agents;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (const StoredStep& step : cases[i]) {
      PerAgent& agent = agents[step.agent];
      ++agent.events;
      agent.cases.insert(i);
      agent.done += step.completes ? 1 : 0;
    }
    if (IsClosed(cases[i])) ++agents[cases[i].back().agent].closed;
  }
  PutCount(figures, "resources", static_cast<std::int64_t>(agents.size()));
  Struct told;
  for (const auto& [name, of] : expected.fields().at("per_resource").struct_value().fields()) {
    const PerAgent& agent = agents[name];
    Struct one;
    PutCount(one, "events", agent.events);
    PutCount(one, "cases", static_cast<std::int64_t>(agent.cases.size()));
    PutCount(one, "done_events", agent.done);
    PutCount(one, "cases_closed_last_event", agent.closed);
    PutObject(told, name, std::move(one));
  }
  PutObject(figures, "per_resource", std::move(told));
}

void PutWeeks(Struct& figures, const StoredCases& cases) {
  std::map<std::string, std::map<std::string, std::int64_t>> weeks;
  for (const Steps& steps : cases) {
    auto& opened = weeks[WeekOf(steps.front().at_us)];
    const bool closed = IsClosed(steps);
    ++opened["opened"];
    opened["opened_and_completed_eventually"] += closed ? 1 : 0;
    opened["completed_within_7d"] += closed && Length(steps) <= 7 * kDayUs ? 1 : 0;
    if (closed) ++weeks[WeekOf(steps.back().at_us)]["completed"];
  }
  Struct told;
  for (const auto& [week, counts] : weeks) PutCounts(told, week, counts);
  PutObject(figures, "by_week", std::move(told));
}

void PutCompletion(Struct& figures, const StoredCases& cases) {
  std::int64_t closed = 0;
  std::int64_t ever = 0;
  std::int64_t reopened = 0;
  Durations all;
  Durations completed;
  Durations to_first;
  for (const Steps& steps : cases) {
    all.push_back(Length(steps));
    if (IsClosed(steps)) {
      ++closed;
      completed.push_back(Length(steps));
    }
    const auto done = FirstDone(steps);
    if (done == steps.end()) continue;
    ++ever;
    to_first.push_back(done->at_us - steps.front().at_us);
    reopened += std::any_of(done, steps.end(), [](const auto& s) { return !s.completes; }) ? 1 : 0;
  }
  PutCount(figures, "completed_cases(last event done)", closed);
  PutRate(figures, "completion_rate", closed, static_cast<std::int64_t>(cases.size()));
  PutCount(figures, "cases_ever_done", ever);
  PutCount(figures, "cases_reopened_after_first_done", reopened);
  PutObject(figures, "duration_all_cases", DistributionOf(std::move(all), kHours));
  PutObject(figures, "duration_completed_cases", DistributionOf(std::move(completed), kHours));
  PutObject(figures, "duration_to_first_done", DistributionOf(std::move(to_first), kHours));
}

std::map<std::string, std::int64_t> Activities(const StoredCases& cases) {
  std::map<std::string, std::int64_t> counts;
  for (const Steps& steps : cases) {
    for (const StoredStep& step : steps) ++counts[step.activity];
  }
  return counts;
}

Durations FirstResponses(const StoredCases& cases, std::string_view activity) {
  Durations durations;
  for (const Steps& steps : cases) {
    const auto first = FirstOf(steps, activity);
    if (first != steps.end()) durations.push_back(first->at_us - steps.front().at_us);
  }
  return durations;
}

std::int64_t CountSteps(const StoredCases& cases) {
  std::int64_t events = 0;
  for (const Steps& steps : cases) events += static_cast<std::int64_t>(steps.size());
  return events;
}

Struct CommonFigures(const char* dataset, const StoredCases& cases, const Struct& expected) {
  Struct figures;
  PutText(figures, "dataset", dataset);
  PutCount(figures, "cases", static_cast<std::int64_t>(cases.size()));
  PutCount(figures, "events", CountSteps(cases));
  const auto activities = Activities(cases);
  PutCount(figures, "activities", static_cast<std::int64_t>(activities.size()));
  PutCounts(figures, "events_by_activity", activities);
  std::vector<const Steps*> all;
  std::int64_t first = INT64_MAX;
  std::int64_t last = 0;
  for (const Steps& steps : cases) {
    all.push_back(&steps);
    first = std::min(first, steps.front().at_us);
    last = std::max(last, steps.back().at_us);
  }
  PutVariants(figures, all);
  PutText(figures, "first_event", Written(first));
  PutText(figures, "last_event", Written(last));
  PutCompletion(figures, cases);
  PutAgents(figures, cases, expected);
  PutWeeks(figures, cases);
  return figures;
}

// Tickets that begin as they should and were closed.
Struct WellFormed(const StoredCases& cases) {
  constexpr std::int64_t kLong = 39;
  std::vector<const Steps*> chosen;
  Durations durations;
  std::int64_t longer = 0;
  for (const Steps& steps : cases) {
    const std::string& begin = steps.front().activity;
    if (begin != "Assign seriousness" && begin != "Insert ticket") continue;
    if (steps.back().activity != "Closed") continue;
    chosen.push_back(&steps);
    durations.push_back(Length(steps));
    longer += Length(steps) / kDayUs > kLong ? 1 : 0;
  }
  Struct subset;
  PutCount(subset, "cases", static_cast<std::int64_t>(chosen.size()));
  PutVariants(subset, chosen);
  PutObject(subset, "duration", DistributionOf(std::move(durations), kDays));
  PutRate(subset, "share_longer_than_39_days(whole days>39)", longer,
          static_cast<std::int64_t>(chosen.size()));
  return subset;
}

}  // namespace

Struct HelpdeskFigures(const StoredCases& cases, const Struct& expected) {
  Struct figures = CommonFigures("helpdesk", cases, expected);
  Durations taken = FirstResponses(cases, "Take in charge ticket");
  PutRate(figures, "take_in_charge_rate", static_cast<std::int64_t>(taken.size()),
          static_cast<std::int64_t>(cases.size()));
  PutObject(figures, "first_response(first event->first Take in charge)",
            DistributionOf(std::move(taken), kHours));
  Durations resolutions;
  std::map<std::string, std::int64_t> resolved_by;
  for (const Steps& steps : cases) {
    const auto last = LastOf(steps, "Resolve ticket");
    if (last == steps.rend()) continue;
    resolutions.push_back(last->at_us - steps.front().at_us);
    ++resolved_by[last->agent];
  }
  PutObject(figures, "resolution(first event->last Resolve ticket)",
            DistributionOf(std::move(resolutions), kHours));
  PutCounts(figures, "cases_resolved_by_resource(last Resolve ticket)", resolved_by);
  PutObject(figures, "subset_start_in(Assign seriousness,Insert ticket)_and_end_Closed",
            WellFormed(cases));
  return figures;
}

Struct VolvoFigures(const StoredCases& cases, const Struct& expected) {
  Struct figures = CommonFigures("volvo", cases, expected);
  std::map<std::string, std::int64_t> last;
  for (const Steps& steps : cases) ++last[steps.back().activity];
  PutCounts(figures, "last_status", last);
  PutObject(figures, "first_response(first event->first Accepted)",
            DistributionOf(FirstResponses(cases, "Accepted"), kHours));
  return figures;
}

namespace {

std::int64_t Hundredths(const std::string& decimal) {
  return decimal.empty() ? 0 : std::llround(std::stod(decimal) * 100);
}

bool Has(const Steps& steps, std::string_view activity) {
  return FirstOf(steps, activity) != steps.end();
}

}  // namespace

Struct FinesFigures(const StoredCases& cases) {
  constexpr const char* kPrefecture = "Send Appeal to Prefecture";
  constexpr const char* kJudge = "Appeal to Judge";
  std::map<std::string, std::int64_t> dismissals;
  std::int64_t paid = 0;
  std::int64_t collected = 0;
  std::int64_t prefecture = 0;
  std::int64_t judge = 0;
  std::int64_t appealed_paid = 0;
  std::int64_t fines = 0;
  std::int64_t payments = 0;
  Durations all;
  Durations of_paid;
  Durations disputed;
  for (const Steps& steps : cases) {
    const bool is_paid = Has(steps, "Payment");
    const bool is_disputed = Has(steps, kPrefecture) || Has(steps, kJudge);
    paid += is_paid ? 1 : 0;
    collected += Has(steps, "Send for Credit Collection") ? 1 : 0;
    prefecture += Has(steps, kPrefecture) ? 1 : 0;
    judge += Has(steps, kJudge) ? 1 : 0;
    appealed_paid += is_paid && is_disputed ? 1 : 0;
    all.push_back(Length(steps));
    if (is_paid) of_paid.push_back(Length(steps));
    if (is_disputed) disputed.push_back(Length(steps));
    std::string dismissal;
    for (const StoredStep& step : steps) {
      if (!step.details.at("dismissal").empty()) dismissal = step.details.at("dismissal");
      if (step.activity == "Create Fine") fines += Hundredths(step.details.at("amount"));
      if (step.activity == "Payment") payments += Hundredths(step.details.at("paymentamount"));
    }
    ++dismissals[dismissal];
  }
  const auto count = static_cast<std::int64_t>(cases.size());
  Struct figures;
  PutText(figures, "dataset", "road_fines_disputes");
  PutCount(figures, "cases", count);
  PutCount(figures, "events", CountSteps(cases));
  PutCounts(figures, "activities", Activities(cases));
  PutCount(figures, "paid_cases", paid);
  PutRate(figures, "paid_rate", paid, count);
  PutCount(figures, "credit_collection_cases", collected);
  PutRate(figures, "credit_collection_rate", collected, count);
  PutCount(figures, "appeal_prefecture_cases", prefecture);
  PutCount(figures, "appeal_judge_cases", judge);
  PutRate(figures, "dispute_rate(any appeal)", static_cast<std::int64_t>(disputed.size()), count);
  PutCount(figures, "appeal_then_paid", appealed_paid);
  PutCounts(figures, "last_dismissal_code", dismissals);
  PutText(figures, "fine_amount_sum", Ratio(fines, 100, 2));
  PutText(figures, "payment_amount_sum", Ratio(payments, 100, 2));
  PutObject(figures, "duration_all", DistributionOf(std::move(all), kDays));
  PutObject(figures, "duration_paid", DistributionOf(std::move(of_paid), kDays));
  PutObject(figures, "duration_disputed", DistributionOf(std::move(disputed), kDays));
  return figures;
}

}  // namespace redress::test
