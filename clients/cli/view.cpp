#include "clients/cli/view.h"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <redress/common/v1/money.pb.h>

#include <algorithm>

#include "clients/cli/table.h"
#include "clients/cpp/enum_names.h"

namespace redress::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsText(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE ||
         field.message_type() == google::protobuf::Timestamp::descriptor() ||
         field.message_type() == google::protobuf::Duration::descriptor() ||
         field.message_type() == redress::common::v1::Money::descriptor();
}

std::string MessageValue(const Message& value, const Locale& locale) {
  if (value.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(value);
    return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()),
                            locale.time_zone);
  }
  if (value.GetDescriptor() == google::protobuf::Duration::descriptor()) {
    const auto& span = static_cast<const google::protobuf::Duration&>(value);
    return absl::FormatDuration(absl::Seconds(span.seconds()));
  }
  const auto& money = static_cast<const redress::common::v1::Money&>(value);
  return FormatAmount(money.minor_units(), money.currency_code()) + " " + money.currency_code();
}

std::string Single(const Message& message, const FieldDescriptor& field, const Locale& locale) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return client::ShortName(*reflection.GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(reflection.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(reflection.GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (!reflection.HasField(message, &field) || !IsText(field)) return {};
      return MessageValue(reflection.GetMessage(message, &field), locale);
    default:
      return {};
  }
}

std::string Listed(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  std::string text;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    if (i > 0) text += ", ";
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      text += reflection.GetRepeatedString(message, &field, i);
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      text += client::ShortName(*reflection.GetRepeatedEnum(message, &field, i));
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
      text += std::to_string(reflection.GetRepeatedUInt64(message, &field, i));
    }
  }
  return text;
}

std::string Label(const FieldDescriptor& field) {
  std::string label = field.name();
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

std::vector<Column> AllColumns(const Descriptor& message) {
  std::vector<Column> columns;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (IsText(field)) columns.push_back({Label(field), field.name()});
  }
  return columns;
}

// Columns in which at least one row has something to show.
std::vector<Column> Filled(const Message& message, const FieldDescriptor& list,
                           std::vector<Column> columns, const Locale& locale) {
  const Reflection& reflection = *message.GetReflection();
  std::erase_if(columns, [&](const Column& column) {
    for (int i = 0; i < reflection.FieldSize(message, &list); ++i) {
      if (!Cell(reflection.GetRepeatedMessage(message, &list, i), column.path, locale).empty()) {
        return false;
      }
    }
    return true;
  });
  return columns;
}

std::string Indented(const std::string& text) {
  std::string indented;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    indented += "  " + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return indented;
}

}  // namespace

std::string Cell(const Message& message, std::string_view path, const Locale& locale) {
  const std::size_t dot = path.find('.');
  const FieldDescriptor& field = FieldAt(*message.GetDescriptor(), path.substr(0, dot));
  if (dot != std::string_view::npos) {
    const Message& inner = message.GetReflection()->GetMessage(message, &field);
    if (!message.GetReflection()->HasField(message, &field)) return {};
    return Cell(inner, path.substr(dot + 1), locale);
  }
  if (field.is_repeated()) return Listed(message, field);
  if (field.has_presence() && !message.GetReflection()->HasField(message, &field)) return {};
  return Single(message, field, locale);
}

std::string TableText(const Message& message, std::string_view list,
                      const std::vector<Column>& columns, const Locale& locale) {
  const FieldDescriptor& field = FieldAt(*message.GetDescriptor(), list);
  const Reflection& reflection = *message.GetReflection();
  const std::vector<Column> shown =
      Filled(message, field, columns.empty() ? AllColumns(*field.message_type()) : columns, locale);
  if (shown.empty()) return "no " + Label(field) + "\n";
  std::vector<std::string> titles;
  titles.reserve(shown.size());
  for (const Column& column : shown) titles.push_back(column.title);
  Table table(titles);
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& row = reflection.GetRepeatedMessage(message, &field, i);
    std::vector<std::string> cells;
    cells.reserve(shown.size());
    for (const Column& column : shown) cells.push_back(Cell(row, column.path, locale));
    table.Add(std::move(cells));
  }
  return table.Text();
}

std::string RecordText(const Message& message, const Locale& locale) {
  const Descriptor& type = *message.GetDescriptor();
  const Reflection& reflection = *message.GetReflection();
  std::size_t width = 0;
  for (int i = 0; i < type.field_count(); ++i)
    width = std::max(width, type.field(i)->name().size());
  std::string text;
  std::string parts;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!IsText(field)) {
      if (field.is_repeated() && reflection.FieldSize(message, &field) > 0) {
        parts += Label(field) + ":\n" + Indented(TableText(message, field.name(), {}, locale));
      } else if (!field.is_repeated() && reflection.HasField(message, &field)) {
        parts += Label(field) + ":\n" +
                 Indented(RecordText(reflection.GetMessage(message, &field), locale));
      }
      continue;
    }
    const std::string value = Printable(Cell(message, field.name(), locale));
    if (value.empty()) continue;
    std::string label = Label(field);
    label.resize(width, ' ');
    text += label + "  " + value + "\n";
  }
  return text + parts;
}

}  // namespace redress::cli
