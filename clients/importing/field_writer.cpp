#include "clients/importing/field_writer.h"

#include <google/protobuf/timestamp.pb.h>
#include <redress/common/v1/rules.pb.h>

#include <algorithm>
#include <charconv>

#include "clients/cpp/enum_names.h"
#include "clients/cpp/text.h"

namespace redress::importing {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::size_t kMaxRememberedTexts = 10'000;
constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

const redress::common::v1::FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(redress::common::v1::rules);
}

template <class Number>
bool ParseWhole(std::string_view text, Number& number) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::string Problem(const FieldRule& rule, std::string_view text, const std::string& problem) {
  const std::string where = rule.column.empty() ? rule.name : rule.column;
  return where + ": `" + std::string(text.substr(0, 80)) + "` " + problem;
}

}  // namespace

bool ParseMinor(std::string_view text, int digits, std::int64_t& minor) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t dot = text.find('.');
  std::string figures(text.substr(0, dot));
  if (figures.empty()) return false;
  std::string_view fraction = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  while (fraction.size() > static_cast<std::size_t>(digits) && fraction.ends_with('0')) {
    fraction.remove_suffix(1);
  }
  if (fraction.size() > static_cast<std::size_t>(digits)) return false;
  figures += fraction;
  figures.append(static_cast<std::size_t>(digits) - fraction.size(), '0');
  if (!std::all_of(figures.begin(), figures.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return false;
  }
  if (!ParseWhole(std::string_view(figures), minor)) return false;
  if (negative) minor = -minor;
  return true;
}

std::size_t CountCharacters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

Header::Header(const std::vector<std::string>& names) {
  for (const std::string& name : names) names_.emplace_back(client::Trim(name));
}

std::size_t Header::PositionOf(const std::string& column, const std::string& needed_by) const {
  const auto found = std::find(names_.begin(), names_.end(), column);
  if (found == names_.end()) {
    throw MappingError("the file has no column `" + column + "`, which `" + needed_by +
                       "` of the mapping reads" + client::DidYouMean(column, names_) +
                       "; its columns are: " + client::Join(names_, ", "));
  }
  if (std::find(found + 1, names_.end(), column) != names_.end()) {
    throw MappingError("the file has more than one column `" + column + "`");
  }
  return static_cast<std::size_t>(found - names_.begin());
}

FieldWriter::FieldWriter(const std::vector<FieldRule>& rules, const Header& header,
                         const Mapping& mapping)
    : time_format_(mapping.time_format),
      time_zone_(mapping.time_zone),
      minor_digits_(mapping.minor_digits) {
  for (const FieldRule& rule : rules) {
    const std::string& pattern = RulesOf(*rule.path.back()).pattern();
    columns_.push_back(
        {.rule = &rule,
         .position = rule.column.empty() ? kNoColumn : header.PositionOf(rule.column, rule.name),
         .pattern = pattern.empty() ? nullptr : std::make_shared<const std::regex>(pattern),
         .matched = {},
         .last_time_text = "",
         .last_time = absl::InfinitePast()});
  }
}

std::string FieldWriter::Write(const std::vector<std::string>& row, Message& message) {
  for (Column& column : columns_) {
    const FieldRule& rule = *column.rule;
    std::string_view text =
        column.position == kNoColumn ? std::string_view() : client::Trim(row[column.position]);
    if (!rule.values.empty() && !text.empty()) {
      const auto found = rule.values.find(std::string(text));
      if (found == rule.values.end()) {
        return Problem(rule, text, "is not among the mapping's values of " + rule.name);
      }
      text = found->second;
    }
    if (text.empty()) text = rule.constant;
    if (text.empty()) {
      if (RulesOf(*rule.path.back()).required()) {
        return (rule.column.empty() ? rule.name : rule.column) +
               ": is empty, but every row needs it";
      }
      continue;
    }
    if (std::string problem = WriteColumn(column, text, message); !problem.empty()) return problem;
  }
  return {};
}

std::string FieldWriter::WriteColumn(Column& column, std::string_view text,
                                     Message& message) const {
  const FieldRule& rule = *column.rule;
  Message* target = &message;
  for (std::size_t i = 0; i + 1 < rule.path.size(); ++i) {
    target = target->GetReflection()->MutableMessage(target, rule.path[i]);
  }
  const FieldDescriptor& field = *rule.path.back();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return WriteText(column, text, *target, field);
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return WriteNumber(rule, text, *target, field);
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return Problem(rule, text, "has to be true or false");
      target->GetReflection()->SetBool(target, &field, text == "true");
      return {};
    case FieldDescriptor::CPPTYPE_ENUM: {
      const EnumValueDescriptor* value = client::FindEnumValue(*field.enum_type(), text);
      if (value == nullptr)
        return Problem(rule, text,
                       "is none of " + client::Join(client::ShortNames(*field.enum_type()), ", "));
      target->GetReflection()->SetEnum(target, &field, value);
      return {};
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type() == google::protobuf::Timestamp::descriptor()) {
        return WriteTime(column, text, *target->GetReflection()->MutableMessage(target, &field));
      }
      [[fallthrough]];
    default:
      return Problem(rule, text, "cannot be mapped to " + field.full_name());
  }
}

std::string FieldWriter::WriteText(Column& column, std::string_view text, Message& target,
                                   const FieldDescriptor& field) const {
  const auto& rules = RulesOf(field);
  if (rules.max_length() > 0 && text.size() > rules.max_length() &&
      CountCharacters(text) > rules.max_length()) {
    return Problem(*column.rule, text,
                   "is longer than " + std::to_string(rules.max_length()) + " characters");
  }
  std::string value(text);
  if (column.rule->negate) {
    value = value.starts_with('-') ? value.substr(1) : "-" + value;
  }
  if (column.pattern) {
    if (column.matched.size() >= kMaxRememberedTexts) column.matched.clear();
    auto known = column.matched.find(value);
    if (known == column.matched.end()) {
      known = column.matched.emplace(value, std::regex_match(value, *column.pattern)).first;
    }
    if (!known->second) {
      return Problem(*column.rule, text,
                     "does not fit " + column.rule->name + " (" + rules.pattern() + ")");
    }
  }
  target.GetReflection()->SetString(&target, &field, std::move(value));
  return {};
}

std::string FieldWriter::WriteNumber(const FieldRule& rule, std::string_view text, Message& target,
                                     const FieldDescriptor& field) const {
  std::int64_t number = 0;
  if (field.name().ends_with("_minor")) {
    if (!ParseMinor(text, minor_digits_, number)) {
      return Problem(
          rule, text,
          "is not an amount with at most " + std::to_string(minor_digits_) + " decimals");
    }
  } else if (!ParseWhole(text, number)) {
    return Problem(rule, text, "is not a whole number");
  }
  if (rule.negate) number = -number;
  const auto& rules = RulesOf(field);
  const bool whole_32 = field.cpp_type() == FieldDescriptor::CPPTYPE_INT32;
  const std::int64_t smallest =
      rules.has_minimum() ? rules.minimum() : (whole_32 ? INT32_MIN : INT64_MIN);
  const std::int64_t largest =
      rules.has_maximum() ? rules.maximum() : (whole_32 ? INT32_MAX : INT64_MAX);
  if (number < smallest || number > largest) {
    return Problem(
        rule, text,
        "is not between " + std::to_string(smallest) + " and " + std::to_string(largest));
  }
  if (whole_32) {
    target.GetReflection()->SetInt32(&target, &field, static_cast<std::int32_t>(number));
  } else {
    target.GetReflection()->SetInt64(&target, &field, number);
  }
  return {};
}

std::string FieldWriter::WriteTime(Column& column, std::string_view text, Message& target) const {
  if (column.last_time_text != text) {
    std::string error;
    absl::Time time;
    if (!absl::ParseTime(time_format_, absl::string_view(text.data(), text.size()), time_zone_,
                         &time, &error)) {
      return Problem(*column.rule, text, "is not a time of the form " + time_format_);
    }
    column.last_time_text = text;
    column.last_time = time;
  }
  const std::int64_t us = absl::ToUnixMicros(column.last_time);
  std::int64_t seconds = us / 1'000'000;
  std::int64_t rest = us % 1'000'000;
  if (rest < 0) {
    --seconds;
    rest += 1'000'000;
  }
  auto& timestamp = static_cast<google::protobuf::Timestamp&>(target);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<std::int32_t>(rest * 1000));
  return {};
}

}  // namespace redress::importing
