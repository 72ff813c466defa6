#include "clients/importing/joined_file.h"

#include <set>

#include "clients/cpp/text.h"
#include "clients/importing/csv_file.h"
#include "clients/importing/field_writer.h"

namespace redress::importing {
namespace {

constexpr std::size_t kMostRows = 1'000'000;
constexpr int kPlaces = 8;

// "98.94" and "1.06" as "100.00000000"; empty counts nothing. Answers false for no decimals.
bool AddUp(std::string& sum, std::string_view more) {
  std::int64_t left = 0;
  std::int64_t right = 0;
  if (!sum.empty() && !ParseMinor(sum, kPlaces, left)) return false;
  if (!more.empty() && !ParseMinor(more, kPlaces, right)) return false;
  if (__builtin_add_overflow(left, right, &left)) return false;
  const bool negative = left < 0;
  std::string digits = std::to_string(left);
  if (negative) digits.erase(0, 1);
  constexpr std::size_t kShortest = kPlaces + 1;
  if (digits.size() < kShortest) digits.insert(0, kShortest - digits.size(), '0');
  digits.insert(digits.size() - kPlaces, ".");
  sum = (negative ? "-" : "") + digits;
  return true;
}

// Leaves the lower of the two; empty counts nothing. Answers false for no decimals.
bool TakeLower(std::string& lowest, std::string_view other) {
  std::int64_t left = 0;
  std::int64_t right = 0;
  if (!lowest.empty() && !ParseMinor(lowest, kPlaces, left)) return false;
  if (!other.empty() && !ParseMinor(other, kPlaces, right)) return false;
  if (lowest.empty() || (!other.empty() && right < left)) lowest = other;
  return true;
}

std::set<std::size_t> PositionsOf(const std::set<std::string>& columns, const Header& header,
                                  const std::string& needed_by) {
  std::set<std::size_t> positions;
  for (const std::string& column : columns) {
    positions.insert(header.PositionOf(column, needed_by));
  }
  return positions;
}

}  // namespace

JoinedFile::JoinedFile(const std::string& path, const std::string& encoding, const Mapping& mapping,
                       const JoinRules& rules)
    : column_(rules.column) {
  const CsvFile file(path, encoding, mapping.delimiter);
  const Header header(file.header());
  const std::size_t key = header.PositionOf(rules.key, "joins." + rules.name + ".key");
  const auto added_up = PositionsOf(rules.add_up, header, "joins." + rules.name + ".add_up");
  const auto lowest = PositionsOf(rules.lowest, header, "joins." + rules.name + ".lowest");
  for (const std::string& column : file.header()) {
    columns_.push_back(rules.name + "." + std::string(client::Trim(column)));
  }
  none_.resize(columns_.size());
  file.ForEachRow([&](CsvRecord& record) {
    const std::string where = path + " line " + std::to_string(record.line) + ": ";
    if (!record.problem.empty()) throw MappingError(where + record.problem);
    if (rows_.size() == kMostRows) {
      throw MappingError(where + "more than a million rows; import in parts");
    }
    auto [row, is_first] = rows_.try_emplace(std::string(client::Trim(record.fields[key])));
    if (is_first) row->second = none_;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      const std::string_view cell = client::Trim(record.fields[i]);
      if (added_up.contains(i)) {
        if (AddUp(row->second[i], cell)) continue;
        throw MappingError(where + file.header()[i] + " is no decimal that can be added up");
      }
      if (lowest.contains(i)) {
        if (TakeLower(row->second[i], cell)) continue;
        throw MappingError(where + file.header()[i] + " is no decimal, and the lowest is wanted");
      }
      if (is_first) row->second[i] = record.fields[i];
    }
  });
}

const std::vector<std::string>& JoinedFile::RowOf(const std::string& key) const {
  const auto found = rows_.find(std::string(client::Trim(key)));
  return found == rows_.end() ? none_ : found->second;
}

}  // namespace redress::importing
