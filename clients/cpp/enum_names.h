#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <vector>

namespace redress::client {

// Enum values as people write them: without the type's prefix and in any case, with `-` or `_`.
// `TRADE_FINISHED`, `trade-finished` and `ORDER_STATUS_TRADE_FINISHED` are one value.

// Null for a text that names none, or the unspecified value.
const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor& type, std::string_view text);

// The value without its type's prefix, lower case with underscores, e.g. `trade_finished`; empty
// for the unspecified value.
std::string ShortName(const google::protobuf::EnumValueDescriptor& value);

// Short names of all values but the unspecified one.
std::vector<std::string> ShortNames(const google::protobuf::EnumDescriptor& type);

}  // namespace redress::client
