#pragma once

// The real data sets as tables of texts, and their amounts as whole minor units: read without the
// importer's rules, so that what comes out of the product can be compared with them.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace redress::e2e {

using TableRow = std::map<std::string, std::string>;  // by the header's names

struct Table {
  std::vector<std::string> header;
  std::vector<TableRow> rows;
};

// Throws std::runtime_error for a row that cannot be read.
Table ReadTable(const std::filesystem::path& file);
void WriteTable(const std::filesystem::path& file, const Table& table);

// What `quantity` units at this decimal price come to, minor units, rounded half to even.
std::int64_t MinorOf(const std::string& price, std::int64_t quantity = 1);
// Whether two decimals are the same number, whatever zeros stand behind.
bool IsSameDecimal(const std::string& a, const std::string& b);
// `YYYY-MM-DD HH:MM:SS` of a clock in UTC, as seconds.
std::int64_t SecondsOf(const std::string& time);

}  // namespace redress::e2e
