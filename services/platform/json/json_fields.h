#pragma once

// What the values of marketplaces' objects mean. Each throws FieldBroken, naming the field, the
// problem and the remedy, never the value: it may be somebody's.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "services/platform/json/json.h"

namespace redress::platform {

class FieldBroken : public std::runtime_error {
 public:
  FieldBroken(std::string field, const std::string& problem)
      : std::runtime_error(problem), field_(std::move(field)) {}
  const std::string& field() const { return field_; }

 private:
  std::string field_;
};

// A text, or a number as it was written.
std::string TextOf(const JsonValue& value, std::string_view field);
// The same of at most `most` characters: what is longer loses its end.
std::string ShortTextOf(const JsonValue& value, std::string_view field, std::size_t most);
// Up to 20 digits, written as a text or as a number.
std::string DigitsOf(const JsonValue& value, std::string_view field);
std::int64_t CountOf(const JsonValue& value, std::string_view field);
// true, false, "true", "false", 1, 0.
bool FlagOf(const JsonValue& value, std::string_view field);
// "12.34" in a currency of two digits is 1234. Not negative, no exponent, nothing below one unit.
std::int64_t MinorOf(const JsonValue& value, std::string_view field, int minor_digits = 2);
// "2024-05-06 07:08:09" at a fixed distance from UTC, as UTC microseconds.
std::int64_t TimeOf(const JsonValue& value, std::string_view field, std::int64_t ahead_of_utc_us);

}  // namespace redress::platform
