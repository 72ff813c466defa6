#include "clients/cpp/enum_names.h"

#include <cctype>

namespace redress::client {
namespace {

constexpr std::string_view kUnspecified = "UNSPECIFIED";

// Of `ROLE_UNSPECIFIED`, `ROLE_`.
std::string_view Prefix(const google::protobuf::EnumDescriptor& type) {
  std::string_view first = type.value(0)->name();
  if (first.ends_with(kUnspecified)) first.remove_suffix(kUnspecified.size());
  return first;
}

}  // namespace

const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor& type, std::string_view text) {
  std::string name;
  for (const char c : text) {
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  const auto* value = type.FindValueByName(name);
  if (value == nullptr) value = type.FindValueByName(std::string(Prefix(type)) + name);
  return value == nullptr || value->number() == 0 ? nullptr : value;
}

std::string ShortName(const google::protobuf::EnumValueDescriptor& value) {
  if (value.number() == 0) return {};
  std::string_view name = value.name();
  if (name.starts_with(Prefix(*value.type()))) name.remove_prefix(Prefix(*value.type()).size());
  std::string lower;
  for (const char c : name) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

std::vector<std::string> ShortNames(const google::protobuf::EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) names.push_back(ShortName(*type.value(i)));
  }
  return names;
}

}  // namespace redress::client
