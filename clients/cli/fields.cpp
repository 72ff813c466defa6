#include "clients/cli/fields.h"

#include <google/protobuf/timestamp.pb.h>
#include <redress/common/v1/money.pb.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "clients/cpp/enum_names.h"
#include "clients/cpp/text.h"
#include "clients/importing/field_writer.h"

namespace redress::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

template <class Number>
Number ParseNumber(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw UsageError("`" + text + "` is not a whole number" +
                     (std::is_unsigned_v<Number> ? " from 0 on" : ""));
  }
  return number;
}

bool ParseBool(const std::string& text) {
  if (text == "true" || text == "yes") return true;
  if (text == "false" || text == "no") return false;
  throw UsageError("`" + text + "` is neither true nor false");
}

void ParseTime(const std::string& text, const Locale& locale,
               google::protobuf::Timestamp& timestamp) {
  static constexpr std::array<const char*, 5> kForms = {
      absl::RFC3339_full, "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"};
  for (const char* form : kForms) {
    absl::Time time;
    std::string error;
    if (!absl::ParseTime(form, text, locale.time_zone, &time, &error)) continue;
    const std::int64_t us = absl::ToUnixMicros(time);
    timestamp.set_seconds(absl::ToUnixSeconds(time));
    timestamp.set_nanos(static_cast<std::int32_t>((us - timestamp.seconds() * 1'000'000) * 1000));
    return;
  }
  throw UsageError("`" + text +
                   "` is not a time: write 2026-11-22, \"2026-11-22 13:45\" (the shop's "
                   "zone) or 2026-11-22T13:45:00Z");
}

void ParseMoney(const std::string& text, const Locale& locale, redress::common::v1::Money& money) {
  const std::size_t space = text.find(' ');
  std::string currency = space == std::string::npos ? locale.currency_code : text.substr(space + 1);
  if (currency.empty()) throw UsageError("write the currency too, e.g. \"12.34 CNY\"");
  money.set_minor_units(ParseAmount(text.substr(0, space), currency));
  money.set_currency_code(std::move(currency));
}

void SetMessage(Message& target, const FieldDescriptor& field, const std::string& text,
                const Locale& locale) {
  Message& value = *target.GetReflection()->MutableMessage(&target, &field);
  if (field.message_type() == google::protobuf::Timestamp::descriptor()) {
    ParseTime(text, locale, static_cast<google::protobuf::Timestamp&>(value));
  } else if (field.message_type() == redress::common::v1::Money::descriptor()) {
    ParseMoney(text, locale, static_cast<redress::common::v1::Money&>(value));
  } else {
    throw std::logic_error(field.full_name() + " cannot be written as one text");
  }
}

const google::protobuf::EnumValueDescriptor& ParseEnum(const FieldDescriptor& field,
                                                       const std::string& text) {
  const auto* value = client::FindEnumValue(*field.enum_type(), text);
  if (value != nullptr) return *value;
  const std::vector<std::string> known = client::ShortNames(*field.enum_type());
  throw UsageError("`" + text + "` is not known" + client::DidYouMean(text, known) +
                   "; write one of " + client::Join(known, ", "));
}

}  // namespace

const FieldDescriptor& FieldAt(const google::protobuf::Descriptor& message, std::string_view path) {
  const std::size_t dot = path.find('.');
  const FieldDescriptor* field = message.FindFieldByName(std::string(path.substr(0, dot)));
  if (field == nullptr) {
    throw std::logic_error(message.full_name() + " has no field " + std::string(path));
  }
  if (dot == std::string_view::npos) return *field;
  return FieldAt(*field->message_type(), path.substr(dot + 1));
}

void SetField(Message& message, std::string_view path, const std::string& text,
              const Locale& locale) {
  const std::size_t dot = path.find('.');
  const FieldDescriptor& field = FieldAt(*message.GetDescriptor(), path.substr(0, dot));
  const Reflection& reflection = *message.GetReflection();
  if (dot != std::string_view::npos) {
    SetField(*reflection.MutableMessage(&message, &field), path.substr(dot + 1), text, locale);
    return;
  }
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      list ? reflection.AddString(&message, &field, text)
           : reflection.SetString(&message, &field, text);
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      list ? reflection.AddEnum(&message, &field, &ParseEnum(field, text))
           : reflection.SetEnum(&message, &field, &ParseEnum(field, text));
      return;
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, &field, ParseNumber<std::int32_t>(text));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, &field, ParseNumber<std::int64_t>(text));
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(&message, &field, ParseNumber<std::uint32_t>(text));
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(&message, &field, ParseNumber<std::uint64_t>(text));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, ParseBool(text));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return SetMessage(message, field, text, locale);
    default:
      throw std::logic_error(field.full_name() + " cannot be written on the command line");
  }
}

std::string Placeholder(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return client::Join(client::ShortNames(*field.enum_type()), "|");
    case FieldDescriptor::CPPTYPE_STRING:
      return "TEXT";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true|false";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return field.message_type() == google::protobuf::Timestamp::descriptor() ? "TIME" : "AMOUNT";
    default:
      return "N";
  }
}

int MinorDigits(std::string_view currency_code) {
  static constexpr std::array<std::string_view, 6> kNone = {"JPY", "KRW", "VND",
                                                            "CLP", "ISK", "PYG"};
  static constexpr std::array<std::string_view, 5> kThree = {"BHD", "IQD", "KWD", "OMR", "TND"};
  if (std::find(kNone.begin(), kNone.end(), currency_code) != kNone.end()) return 0;
  if (std::find(kThree.begin(), kThree.end(), currency_code) != kThree.end()) return 3;
  return 2;
}

std::int64_t ParseAmount(const std::string& text, std::string_view currency_code) {
  std::int64_t minor = 0;
  const int digits = MinorDigits(currency_code);
  if (!importing::ParseMinor(text, digits, minor)) {
    throw UsageError("`" + text + "` is not an amount: write a decimal with at most " +
                     std::to_string(digits) + " places, e.g. 12.34");
  }
  return minor;
}

std::string FormatAmount(std::int64_t minor, std::string_view currency_code) {
  const auto digits = static_cast<std::size_t>(MinorDigits(currency_code));
  const bool negative = minor < 0;
  std::string figures = std::to_string(minor);
  if (negative) figures.erase(0, 1);
  if (figures.size() <= digits) figures.insert(0, digits + 1 - figures.size(), '0');
  if (digits > 0) figures.insert(figures.size() - digits, ".");
  return (negative ? "-" : "") + figures;
}

}  // namespace redress::cli
