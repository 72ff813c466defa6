#include "clients/importing/field_writer.h"

#include <google/protobuf/timestamp.pb.h>
#include <redress/common/v1/rules.pb.h>

#include <algorithm>
#include <charconv>

#include "clients/cpp/enum_names.h"
#include "clients/cpp/text.h"
#include "clients/importing/cells.h"

namespace redress::importing {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::size_t kMaxRememberedTexts = 10'000;
// The one decimal that is kept as a text.
constexpr std::string_view kUnitPrice = "unit_price";

const redress::common::v1::FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(redress::common::v1::rules);
}

template <class Number>
bool ParseWhole(std::string_view text, Number& number) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// Contact data is not repeated where it may be shown or logged.
std::string Problem(const FieldRule& rule, std::string_view text, const std::string& problem) {
  if (RulesOf(*rule.path.back()).sensitive()) return rule.where() + ": " + problem;
  return rule.where() + ": `" + std::string(text.substr(0, 80)) + "` " + problem;
}

// The first `count` characters of valid UTF-8.
std::string_view FirstCharacters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && count-- == 0) break;
  }
  return text.substr(0, at);
}

// All names of a usual file; of a strange one the first, each cut.
std::string Listed(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 100;
  constexpr std::size_t kLongest = 60;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i) {
    shown.emplace_back(FirstCharacters(names[i], kLongest));
  }
  std::string text = client::Join(shown, ", ");
  if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
  return text;
}

bool IsTooLong(const FieldDescriptor& field, std::string_view text) {
  const std::uint32_t longest = RulesOf(field).max_length();
  return longest > 0 && text.size() > longest && CountCharacters(text) > longest;
}

bool IsCut(const FieldRule& rule, std::string_view text) {
  return rule.shorten && IsTooLong(*rule.path.back(), text);
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

std::string Shortened(std::string_view text, std::size_t most) {
  if (CountCharacters(text) <= most) return std::string(text);
  return std::string(FirstCharacters(text, most - 1)) + "…";
}

void RefuseAnotherHeader(const std::string& path, const Header& header,
                         std::span<const std::vector<FieldRule>* const> sections) {
  std::vector<std::string> wanted;
  for (const auto* rules : sections) {
    for (const FieldRule& rule : *rules) {
      wanted.insert(wanted.end(), rule.columns.begin(), rule.columns.end());
    }
  }
  for (const std::string& column : wanted) {
    if (header.Has(column)) return;
  }
  throw MappingError("line 1 of " + path +
                     " has none of the columns that the mapping reads: does the file have a "
                     "header? Wanted are: " +
                     client::Join(wanted, ", "));
}

std::size_t CountCharacters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

Header::Header(const std::vector<std::string>& names) {
  for (const std::string& name : names) names_.emplace_back(CleanCell(name));
}

std::size_t Header::PositionOf(const std::string& column, const std::string& needed_by) const {
  const auto found = std::find(names_.begin(), names_.end(), column);
  if (found == names_.end()) {
    throw MappingError("line 1: the file has no column `" + column + "`, which `" + needed_by +
                       "` of the mapping reads" + client::DidYouMean(column, names_) +
                       "; its columns are: " + Listed(names_));
  }
  if (const auto other = std::find(found + 1, names_.end(), column); other != names_.end()) {
    throw MappingError("line 1: the file has more than one column `" + column + "`, the " +
                       std::to_string(found - names_.begin() + 1) + "th and the " +
                       std::to_string(other - names_.begin() + 1) + "th: rename the wrong one");
  }
  return static_cast<std::size_t>(found - names_.begin());
}

bool Header::Has(const std::string& column) const {
  return std::find(names_.begin(), names_.end(), column) != names_.end();
}

FieldWriter::FieldWriter(const std::vector<FieldRule>& rules, const Header& header,
                         const Mapping& mapping)
    : mapping_(mapping) {
  for (const FieldRule& rule : rules) {
    std::vector<std::size_t> positions;
    FieldRule found = rule;
    found.columns.clear();
    found.names.clear();
    for (std::size_t i = 0; i < rule.columns.size(); ++i) {
      if (!header.Has(rule.columns[i])) continue;
      positions.push_back(header.PositionOf(rule.columns[i], rule.name));
      found.columns.push_back(rule.columns[i]);
      if (!rule.names.empty()) found.names.push_back(rule.names[i]);
    }
    if (positions.empty() && !rule.columns.empty() && !rule.optional) {
      header.PositionOf(rule.columns.front(), rule.name);
    }
    const std::string& pattern = RulesOf(*rule.path.back()).pattern();
    columns_.push_back(
        {.rule = std::move(found),
         .only_position = rule.only_column.empty()
                              ? std::nullopt
                              : std::optional(header.PositionOf(rule.only_column, rule.name)),
         .positions = std::move(positions),
         .pattern = pattern.empty() ? nullptr : std::make_shared<const std::regex>(pattern),
         .matched = {},
         .last_time_text = "",
         .last_time = absl::InfinitePast()});
  }
}

// What the cell says; empty where it says nothing.
std::string_view FieldWriter::CellOf(const std::string& cell) const {
  const std::string_view text = mapping_.spreadsheet_cells ? CleanCell(cell) : client::Trim(cell);
  if (!mapping_.empty_texts.empty() && mapping_.empty_texts.contains(std::string(text))) return {};
  return text;
}

// What stands in all of the columns. A named text is one property: what would part it in two is
// written full-width.
std::string FieldWriter::Joined(const Column& column, const std::vector<std::string>& row,
                                std::vector<bool>* taken) const {
  const FieldRule& rule = column.rule;
  std::string joined;
  for (std::size_t i = 0; i < column.positions.size(); ++i) {
    const std::size_t position = column.positions[i];
    std::string part(CellOf(row[position]));
    if (part.empty()) continue;
    if (!rule.names.empty()) {
      for (std::size_t at = 0; (at = part.find(kBetweenProperties, at)) != std::string::npos;) {
        part.replace(at, 1, "；");
      }
      part = rule.names[i] + ":" + part;
    }
    if (!joined.empty()) joined += rule.join;
    joined += part;
    if (taken != nullptr) (*taken)[position] = true;
  }
  return joined;
}

std::string FieldWriter::Write(const std::vector<std::string>& row, Message& message,
                               std::vector<bool>* taken) {
  for (Column& column : columns_) {
    const FieldRule& rule = column.rule;
    if (column.only_position) {
      const std::string_view only = CellOf(row[*column.only_position]);
      if (rule.only_text.empty() ? only.empty() : only != rule.only_text) continue;
    }
    std::string_view text;
    std::string joined;
    if (!rule.join.empty()) {
      joined = Joined(column, row, taken);
      text = joined;
    }
    for (const std::size_t position : column.positions) {
      if (!rule.join.empty()) break;
      text = CellOf(row[position]);
      if (text.empty() && position != column.positions.back()) continue;
      if (rule.exact && !text.empty()) text = row[position];
      if (taken != nullptr && !rule.keep && !IsCut(rule, text)) (*taken)[position] = true;
      break;
    }
    if (!rule.strip_prefix.empty() && text.starts_with(rule.strip_prefix)) {
      text = client::Trim(text.substr(rule.strip_prefix.size()));
    }
    if ((!rule.values.empty() || !rule.otherwise.empty()) && !text.empty()) {
      const auto found = rule.values.find(std::string(text));
      if (found == rule.values.end() && rule.otherwise.empty()) {
        return Problem(rule, text, "is not among the mapping's values of " + rule.name);
      }
      text = found == rule.values.end() ? rule.otherwise : found->second;
    }
    if (text.empty()) text = rule.constant;
    if (text.empty()) {
      if (rule.needed || (RulesOf(*rule.path.back()).required() && !rule.optional)) {
        return rule.where() + ": is empty, but every row needs it";
      }
      continue;
    }
    if (std::string problem = WriteColumn(column, text, message); !problem.empty()) return problem;
  }
  return {};
}

std::string FieldWriter::WriteColumn(Column& column, std::string_view text,
                                     Message& message) const {
  const FieldRule& rule = column.rule;
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
  std::string value(text);
  if (IsCut(column.rule, text)) {
    value = Shortened(text, rules.max_length());
  } else if (IsTooLong(field, text)) {
    return Problem(column.rule, text,
                   "is longer than " + std::to_string(rules.max_length()) + " characters");
  }
  if (mapping_.spreadsheet_cells) {
    if (field.name() == kUnitPrice) value = PlainNumber(text);
    if (field.name().ends_with("_number") && IsRoundedNumber(text)) {
      return Problem(column.rule, text,
                     "was rounded by a spreadsheet program, its last digits are lost; export the "
                     "file again and import it as it comes");
    }
  }
  if (column.rule.negate) {
    value = value.starts_with('-') ? value.substr(1) : "-" + value;
  }
  if (column.pattern) {
    if (column.matched.size() >= kMaxRememberedTexts) column.matched.clear();
    auto known = column.matched.find(value);
    if (known == column.matched.end()) {
      known = column.matched.emplace(value, std::regex_match(value, *column.pattern)).first;
    }
    if (!known->second) {
      return Problem(column.rule, text,
                     "does not fit " + column.rule.name + " (" + rules.pattern() + ")");
    }
  }
  target.GetReflection()->SetString(&target, &field, std::move(value));
  return {};
}

std::string FieldWriter::WriteNumber(const FieldRule& rule, std::string_view text, Message& target,
                                     const FieldDescriptor& field) const {
  const std::string plain = mapping_.spreadsheet_cells ? PlainNumber(text) : std::string();
  const std::string_view figures = mapping_.spreadsheet_cells ? plain : text;
  std::int64_t number = 0;
  if (field.name().ends_with("_minor")) {
    if (!ParseMinor(figures, mapping_.minor_digits, number)) {
      return Problem(
          rule, text,
          "is not an amount with at most " + std::to_string(mapping_.minor_digits) + " decimals");
    }
  } else if (!ParseWhole(figures, number)) {
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
    const std::string plain = mapping_.spreadsheet_cells ? HalfWidth(text) : std::string(text);
    std::string error;
    const auto fits = [&](const std::string& format) {
      return absl::ParseTime(format, plain, mapping_.time_zone, &column.last_time, &error);
    };
    const auto& formats = mapping_.time_formats;
    if (std::none_of(formats.begin(), formats.end(), fits)) {
      column.last_time_text.clear();
      return Problem(column.rule, text,
                     "is not a time of the form " + client::Join(formats, " or "));
    }
    column.last_time_text = text;
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
