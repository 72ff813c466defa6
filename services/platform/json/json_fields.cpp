#include "services/platform/json/json_fields.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "services/platform/base/clock.h"
#include "services/platform/base/money.h"
#include "services/platform/base/text.h"

namespace redress::platform {
namespace {

constexpr std::size_t kMostDigits = 20;
constexpr std::int64_t kMostMinor = 1'000'000'000'000'000;

[[noreturn]] void Broken(std::string_view field, const std::string& problem) {
  throw FieldBroken(std::string(field), problem);
}

bool AreDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int NumberAt(std::string_view text, std::size_t at, std::size_t length) {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + at + length, number);
  return number;
}

bool LooksLikeTime(std::string_view text) {
  static constexpr std::string_view kForm = "dddd-dd-dd dd:dd:dd";
  return text.size() == kForm.size() &&
         std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
           return form == 'd' ? c >= '0' && c <= '9' : c == form;
         });
}

}  // namespace

std::string TextOf(const JsonValue& value, std::string_view field) {
  using Kind = JsonValue::Kind;
  if (value.kind == Kind::kText || value.kind == Kind::kNumber) return value.text;
  Broken(field, "is no text; write it as a text");
}

std::string ShortTextOf(const JsonValue& value, std::string_view field, std::size_t most) {
  std::string text = TextOf(value, field);
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && ++characters > most) {
      text.resize(at);
      break;
    }
  }
  return text;
}

std::string DigitsOf(const JsonValue& value, std::string_view field) {
  std::string digits = TextOf(value, field);
  if (!AreDigits(digits)) {
    Broken(field, "is not made of digits only; write the number without signs or exponent");
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits.size() > kMostDigits) Broken(field, "is longer than 20 digits; send the id as it is");
  return digits;
}

std::int64_t CountOf(const JsonValue& value, std::string_view field) {
  const std::string digits = DigitsOf(value, field);
  std::int64_t count = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (read.ec != std::errc()) Broken(field, "is above what counts reach; send the true count");
  return count;
}

bool FlagOf(const JsonValue& value, std::string_view field) {
  if (value.kind == JsonValue::Kind::kFlag) return value.flag;
  const std::string text = TextOf(value, field);
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  Broken(field, "is neither true nor false; write one of them");
}

std::int64_t MinorOf(const JsonValue& value, std::string_view field, int minor_digits) {
  const std::string text = TextOf(value, field);
  const auto amount = Decimal::Parse(text);
  if (!amount || text.front() == '+') {
    Broken(field, "is no amount; write it like 12.34, without exponent or grouping");
  }
  if (amount->negative() || text.front() == '-') {
    Broken(field, "is negative; write what is paid as a positive amount");
  }
  const auto minor = amount->ExactMinor(minor_digits);
  if (!minor) {
    Broken(field, "has parts below the currency's smallest unit; write at most " +
                      std::to_string(minor_digits) + " decimals");
  }
  if (*minor > kMostMinor) Broken(field, "is above what amounts reach; write the true amount");
  return *minor;
}

std::int64_t TimeOf(const JsonValue& value, std::string_view field, std::int64_t ahead_of_utc_us) {
  const std::string text = TextOf(value, field);
  using namespace std::chrono;
  if (!LooksLikeTime(text)) Broken(field, "is no time; write it like 2024-05-06 07:08:09");
  const year_month_day day{year(NumberAt(text, 0, 4)),
                           month(static_cast<unsigned>(NumberAt(text, 5, 2))),
                           std::chrono::day(static_cast<unsigned>(NumberAt(text, 8, 2)))};
  const int hour = NumberAt(text, 11, 2);
  const int minute = NumberAt(text, 14, 2);
  const int second = NumberAt(text, 17, 2);
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) {
    Broken(field, "is no day or time of the calendar; write a real one");
  }
  const std::int64_t days = sys_days(day).time_since_epoch().count();
  return days * kDayUs + hour * kHourUs + minute * kMinuteUs + second * kSecondUs - ahead_of_utc_us;
}

}  // namespace redress::platform
