#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/fields.h"

namespace redress::cli {

// A column of a table: a title and the dotted path of the field that it shows.
struct Column {
  std::string title;
  std::string path;
};

// The field's value for a person: money with its currency, times in the shop's zone, spans to the
// second, enums by their short names, lists separated by commas; "" where it is not set.
std::string Cell(const google::protobuf::Message& message, std::string_view path,
                 const Locale& locale);

// A list as a table; says that nothing was found where it is empty.
std::string TableText(const google::protobuf::Message& message, std::string_view list,
                      const std::vector<Column>& columns, const Locale& locale);

// One message as `name  value` lines of the fields that are set; lists of messages as tables.
std::string RecordText(const google::protobuf::Message& message, const Locale& locale);

}  // namespace redress::cli
