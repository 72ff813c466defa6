#include "services/aftersales/api/deadline_mapping.h"

#include <algorithm>

#include "services/aftersales/api/mapping.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {
namespace {

static_assert(static_cast<int>(DeadlineBasis::Source::kPlatform) == v1::DeadlineSource_MAX);

using HoursList = google::protobuf::RepeatedPtrField<v1::OpenHours>;

void ToProto(const std::vector<OpenHours>& from, HoursList& to) {
  for (const OpenHours& shift : from) {
    v1::OpenHours& added = *to.Add();
    added.set_from_minute(shift.from_minute);
    added.set_to_minute(shift.to_minute);
  }
}

std::vector<OpenHours> HoursOf(const HoursList& from) {
  std::vector<OpenHours> hours;
  for (const v1::OpenHours& shift : from) hours.push_back({shift.from_minute(), shift.to_minute()});
  return hours;
}

}  // namespace

void ToProto(const DeadlineRuleRow& from, v1::DeadlineRule& to) {
  to.set_rule(from.rule);
  to.set_condition(from.condition);
  to.set_duration_seconds(from.duration_s);
  to.set_repeat_seconds(from.repeat_s);
  SetTime(from.effective_at, *to.mutable_effective_time());
  to.set_own(from.own);
  to.set_platform(from.scope.platform);
  to.set_variant(from.scope.variant);
  to.set_calendar(from.calendar);
  to.set_version(from.version);
  to.set_ended(from.ended);
  to.set_warn_seconds(from.warn_s);
}

void ToProto(const BusinessCalendar& from, v1::BusinessCalendar& to) {
  to.set_name(from.name);
  to.set_version(from.version);
  SetTime(from.effective_at, *to.mutable_effective_time());
  for (std::size_t i = 0; i < from.week.size(); ++i) {
    if (from.week[i].empty()) continue;
    v1::WeekdayHours& added = *to.add_week();
    added.set_weekday(static_cast<std::uint32_t>(i) + 1);
    ToProto(from.week[i], *added.mutable_hours());
  }
  for (const SpecialDay& day : from.days) {
    v1::SpecialDay& added = *to.add_special_days();
    added.set_date(platform::DayText(day.day));
    added.set_name(day.name);
    ToProto(day.hours, *added.mutable_hours());
  }
}

BusinessCalendar CalendarOf(const v1::SetCalendarRequest& from) {
  BusinessCalendar calendar;
  calendar.name = from.name();
  for (const v1::WeekdayHours& day : from.week()) {
    auto& hours = calendar.week.at(day.weekday() - 1);
    if (!hours.empty()) {
      throw platform::InvalidField("week", "names a weekday twice; put its shifts together");
    }
    hours = HoursOf(day.hours());
  }
  for (const v1::SpecialDay& day : from.special_days()) {
    calendar.days.push_back(
        {platform::ParseDay(day.date(), "special_days.date"), day.name(), HoursOf(day.hours())});
  }
  std::ranges::sort(calendar.days, {}, &SpecialDay::day);
  return calendar;
}

void ToProto(const DueExplanation& from, v1::DeadlineExplanation& to) {
  to.set_rule(from.rule);
  to.set_state(from.state);
  to.set_sequence(from.sequence);
  to.set_number(static_cast<std::uint32_t>(from.number));
  SetTime(from.start_at, *to.mutable_start_time());
  SetTime(from.due_at, *to.mutable_due_time());
  if (from.warn_at != 0) SetTime(from.warn_at, *to.mutable_warn_time());
  to.set_skipped_seconds(from.skipped_us / platform::kSecondUs);
  for (const TimeSpan& span : from.spans) {
    v1::DeadlineSpan& added = *to.add_spans();
    SetTime(span.from_at, *added.mutable_start_time());
    SetTime(span.to_at, *added.mutable_end_time());
    added.set_counts(span.counts);
    added.set_holiday(span.holiday);
  }
  to.set_more_spans(from.more_spans);
  if (!from.basis) return;
  const DeadlineBasis& basis = *from.basis;
  to.set_source(static_cast<v1::DeadlineSource>(basis.source));
  to.set_condition(basis.condition);
  to.set_platform(basis.platform);
  to.set_variant(basis.variant);
  to.set_rule_version(basis.version);
  if (basis.effective_at != 0) {
    SetTime(basis.effective_at, *to.mutable_rule_effective_time());
  }
  to.set_amount_seconds(basis.amount_s);
  to.set_repeated(basis.repeated);
  to.set_calendar(basis.calendar);
  to.set_calendar_version(basis.calendar_version);
  to.set_time_zone(basis.zone);
}

}  // namespace redress::aftersales
