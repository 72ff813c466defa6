#include "services/aftersales/domain/due_explanation.h"

#include "services/aftersales/domain/snapshot.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {
namespace {

constexpr std::size_t kPage = 100;

// The step that armed the deadline which a case has after one of its steps.
class ArmingSearch {
 public:
  explicit ArmingSearch(const Case& of) : of_(of) {}

  void Take(const Step& step) {
    Answer answer;
    answer.after = of_;
    DecodeSnapshot(step.snapshot, answer);
    const Case& after = answer.after;
    if (after.final) {
      found_.reset();
      return;
    }
    if (found_ && found_->number == after.Armed().deadline_number) return;
    DueExplanation& armed = found_.emplace();
    armed.basis = std::move(answer.armed_by);
    armed.rule = after.Armed().deadline_rule;
    armed.state = after.state;
    armed.sequence = step.sequence;
    armed.number = after.Armed().deadline_number;
    armed.start_at = armed.basis ? armed.basis->start_at : step.applied_at;
    armed.due_at = after.due_at;
    armed.warn_at = after.warn_at;
  }

  std::optional<DueExplanation> Found() && { return std::move(found_); }

 private:
  const Case& of_;
  std::optional<DueExplanation> found_;
};

// What was counted, by the calendar's version of then: its rows are never changed.
void AddSpans(DeadlineRepository& deadlines, ShopId shop, DueExplanation& into) {
  if (!into.basis || into.basis->calendar.empty()) return;
  const auto calendar =
      deadlines.FindCalendar(shop, into.basis->calendar, into.basis->calendar_version);
  if (!calendar || !platform::TimeZone::Exists(into.basis->zone)) return;
  const auto zone = platform::TimeZone::Load(into.basis->zone);
  into.spans = OpenTime(*calendar, *zone).Spans(into.start_at, into.due_at, kMostSpansTold + 1);
  into.more_spans = into.spans.size() > kMostSpansTold;
  if (into.more_spans) into.spans.pop_back();
  into.skipped_us = into.due_at - into.start_at - into.basis->amount_s * platform::kSecondUs;
}

}  // namespace

std::optional<DueExplanation> ExplainDue(CaseRepository& cases, DeadlineRepository& deadlines,
                                         const Case& of, std::uint32_t sequence) {
  ArmingSearch search(of);
  const std::uint32_t last = sequence == 0 ? of.version : sequence;
  for (std::uint32_t after = 0; after < last;) {
    const std::vector<Step> steps = cases.ListSteps(of.shop, of.id, after, kPage);
    if (steps.empty()) break;
    for (const Step& step : steps) {
      if (step.sequence <= last) search.Take(step);
    }
    after = steps.back().sequence;
  }
  std::optional<DueExplanation> found = std::move(search).Found();
  if (found) AddSpans(deadlines, of.shop, *found);
  return found;
}

}  // namespace redress::aftersales
