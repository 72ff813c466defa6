#include "clients/importing/raw_columns.h"

#include "clients/cpp/text.h"
#include "clients/importing/cells.h"
#include "clients/importing/field_writer.h"

namespace redress::importing {
namespace {

// The bounds of RawField in the order service's contract.
constexpr std::size_t kMaxNameCharacters = 100;
constexpr std::size_t kMaxTextCharacters = 4000;

}  // namespace

RawColumns::RawColumns(const std::vector<std::string>& header, const Mapping& mapping)
    : mapping_(mapping) {
  for (const std::string& name : header) {
    if (CountCharacters(name) > kMaxNameCharacters) {
      throw MappingError("line 1: the name of column " + std::to_string(columns_.size() + 1) +
                         " is longer than " + std::to_string(kMaxNameCharacters) +
                         " characters: is this the header?");
    }
    const std::string_view trimmed = CleanCell(name);
    columns_.push_back(
        {.name = trimmed.empty() ? "column " + std::to_string(columns_.size() + 1) : name,
         .personal = !mapping.plain_columns.contains(std::string(trimmed)),
         .kept = false});
  }
}

std::string RawColumns::Keep(const std::vector<std::string>& row, const std::vector<bool>& taken,
                             const std::string& line_number,
                             redress::order::v1::OrderInput& order) {
  if (!mapping_.keeps_raw) return {};
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (taken[i] || client::Trim(row[i]).empty()) continue;
    if (CountCharacters(row[i]) > kMaxTextCharacters) {
      return columns_[i].name + ": is longer than " + std::to_string(kMaxTextCharacters) +
             " characters, which is more than is kept of a column without a field";
    }
    columns_[i].kept = true;
    auto& field = *order.add_raw_fields();
    field.set_name(columns_[i].name);
    field.set_text(row[i]);
    field.set_line_number(line_number);
    field.set_personal(columns_[i].personal);
  }
  return {};
}

std::vector<std::string> RawColumns::Kept() const {
  std::vector<std::string> names;
  for (const Column& column : columns_) {
    if (column.kept) names.push_back(column.name);
  }
  return names;
}

}  // namespace redress::importing
