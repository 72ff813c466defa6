#include "services/platform/time_zone/posix_rule.h"

#include <cctype>
#include <chrono>

namespace redress::platform {
namespace {

// Reads the text from left to right; every method answers whether it found what it looks for.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }

  bool Take(char wanted) {
    if (text_.empty() || text_.front() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }

  // An abbreviation: letters, or anything between angle brackets.
  bool SkipName() {
    if (Take('<')) {
      const auto end = text_.find('>');
      if (end == std::string_view::npos) return false;
      text_.remove_prefix(end + 1);
      return true;
    }
    std::size_t length = 0;
    while (length < text_.size() && std::isalpha(static_cast<unsigned char>(text_[length]))) {
      ++length;
    }
    text_.remove_prefix(length);
    return length >= 3;
  }

  bool Number(int& number) {
    std::size_t length = 0;
    number = 0;
    while (length < text_.size() && length < 4 &&
           std::isdigit(static_cast<unsigned char>(text_[length]))) {
      number = number * 10 + (text_[length++] - '0');
    }
    text_.remove_prefix(length);
    return length > 0;
  }

  // [+-]hh[:mm[:ss]]
  bool Time(std::int32_t& seconds) {
    const bool negative = Take('-');
    if (!negative) Take('+');
    int hours = 0;
    int minutes = 0;
    int rest = 0;
    if (!Number(hours)) return false;
    if (Take(':') && !Number(minutes)) return false;
    if (Take(':') && !Number(rest)) return false;
    seconds = (hours * 60 + minutes) * 60 + rest;
    if (negative) seconds = -seconds;
    return true;
  }

  bool Change(PosixRule::Change& change) {
    using Kind = PosixRule::Change::Kind;
    if (!Take(',')) return false;
    bool good = false;
    if (Take('M')) {
      change.kind = Kind::kMonthWeekday;
      good = Number(change.month) && Take('.') && Number(change.week) && Take('.') &&
             Number(change.weekday) && change.month >= 1 && change.month <= 12 &&
             change.week >= 1 && change.week <= 5 && change.weekday <= 6;
    } else {
      change.kind = Take('J') ? Kind::kJulian : Kind::kDayOfYear;
      good = Number(change.day) && change.day <= 365;
    }
    if (good && Take('/')) good = Time(change.time_s);
    return good;
  }

 private:
  std::string_view text_;
};

}  // namespace

std::int64_t PosixRule::Change::LocalSecondsIn(int year) const {
  using namespace std::chrono;
  const auto of_year = std::chrono::year(year);
  sys_days date;
  switch (kind) {
    case Kind::kMonthWeekday: {
      const auto in_month = of_year / std::chrono::month(static_cast<unsigned>(month));
      const auto of_week = std::chrono::weekday(static_cast<unsigned>(weekday));
      date = week == 5 ? sys_days(in_month / of_week[last])
                       : sys_days(in_month / of_week[static_cast<unsigned>(week)]);
      break;
    }
    case Kind::kJulian:
      // 29 February is never counted: day 60 is always 1 March.
      date = sys_days(of_year / January / 1) + days(day - 1);
      if (of_year.is_leap() && day >= 60) date += days(1);
      break;
    case Kind::kDayOfYear:
      date = sys_days(of_year / January / 1) + days(day);
      break;
  }
  return static_cast<std::int64_t>(date.time_since_epoch().count()) * 86400 + time_s;
}

std::optional<PosixRule> ParsePosixRule(std::string_view text) {
  Reader reader(text);
  PosixRule rule;
  std::int32_t west_s = 0;  // POSIX counts westward
  if (!reader.SkipName() || !reader.Time(west_s)) return std::nullopt;
  rule.standard_offset_s = -west_s;
  if (reader.done()) return rule;

  rule.has_summer = true;
  if (!reader.SkipName()) return std::nullopt;
  rule.summer_offset_s = rule.standard_offset_s + 3600;
  Reader before_offset = reader;
  if (reader.Time(west_s)) {
    rule.summer_offset_s = -west_s;
  } else {
    reader = before_offset;
  }
  if (!reader.Change(rule.to_summer) || !reader.Change(rule.to_standard) || !reader.done()) {
    return std::nullopt;
  }
  return rule;
}

}  // namespace redress::platform
