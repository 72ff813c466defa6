#pragma once

#include <absl/time/time.h>
#include <google/protobuf/message.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace redress::cli {

// The command line is at fault: exit code 2. The message says what to write instead.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What texts are read by.
struct Locale {
  absl::TimeZone time_zone = absl::UTCTimeZone();  // the shop's
  std::string currency_code;                       // the shop's; empty when unknown
};

// Sets the field that a dotted path names from a person's text; a list gets one more entry. Reads
// numbers, true/false, enum values by their short names, amounts of money ("12.34" in the shop's
// currency, "12.34 GBP") and times ("2026-11-22", "2026-11-22 13:45" in the shop's zone, or RFC
// 3339). Throws UsageError with what would be right, without naming the flag.
void SetField(google::protobuf::Message& message, std::string_view path, const std::string& text,
              const Locale& locale);

// The field at the end of a dotted path; throws std::logic_error where there is none.
const google::protobuf::FieldDescriptor& FieldAt(const google::protobuf::Descriptor& message,
                                                 std::string_view path);

// What to write for the field's value, e.g. `TEXT`, `N`, `express|post`.
std::string Placeholder(const google::protobuf::FieldDescriptor& field);

// Decimals of an ISO 4217 currency.
int MinorDigits(std::string_view currency_code);

// "12.34" → 1234; throws UsageError.
std::int64_t ParseAmount(const std::string& text, std::string_view currency_code);

// 1234 → "12.34".
std::string FormatAmount(std::int64_t minor, std::string_view currency_code);

}  // namespace redress::cli
