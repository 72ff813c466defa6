#include "tests/e2e/histories/tables.h"

#include <ctime>
#include <fstream>
#include <stdexcept>

#include "clients/importing/csv_file.h"

namespace redress::e2e {
namespace {

constexpr int kPlaces = 6;  // of a price
constexpr std::int64_t kPerMinor = 10'000;

// 1e-6 of a major unit.
std::int64_t Micros(const std::string& decimal) {
  const bool is_negative = decimal.starts_with('-');
  const std::size_t dot = decimal.find('.');
  std::string digits = decimal.substr(is_negative ? 1 : 0, dot - (is_negative ? 1 : 0));
  std::string places = dot == std::string::npos ? "" : decimal.substr(dot + 1);
  if (places.size() > kPlaces) throw std::runtime_error("too many decimals: " + decimal);
  places.resize(kPlaces, '0');
  const std::int64_t number = std::stoll(digits + places);
  return is_negative ? -number : number;
}

std::string Quoted(const std::string& cell) {
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

}  // namespace

Table ReadTable(const std::filesystem::path& file) {
  const importing::CsvFile csv(file, "utf-8", ',');
  Table table;
  table.header = csv.header();
  csv.ForEachRow([&](importing::CsvRecord& record) {
    if (!record.problem.empty()) throw std::runtime_error(file.string() + ": " + record.problem);
    TableRow& row = table.rows.emplace_back();
    for (std::size_t i = 0; i < table.header.size(); ++i) {
      row[table.header[i]] = std::move(record.fields[i]);
    }
  });
  return table;
}

void WriteTable(const std::filesystem::path& file, const Table& table) {
  std::ofstream out(file, std::ios::binary);
  const auto write = [&](const auto& cell_of) {
    for (std::size_t i = 0; i < table.header.size(); ++i) {
      out << (i == 0 ? "" : ",") << Quoted(cell_of(table.header[i]));
    }
    out << '\n';
  };
  write([](const std::string& name) { return name; });
  for (const TableRow& row : table.rows) {
    write([&](const std::string& name) { return row.at(name); });
  }
  if (!out) throw std::runtime_error(file.string() + " could not be written");
}

std::int64_t MinorOf(const std::string& price, std::int64_t quantity) {
  const std::int64_t exact = Micros(price) * quantity;
  std::int64_t minor = exact / kPerMinor;
  const std::int64_t twice_rest = exact % kPerMinor * 2;
  if (twice_rest > kPerMinor || (twice_rest == kPerMinor && minor % 2 == 1)) ++minor;
  return minor;
}

bool IsSameDecimal(const std::string& a, const std::string& b) { return Micros(a) == Micros(b); }

std::int64_t SecondsOf(const std::string& time) {
  std::tm utc{};
  if (strptime(time.c_str(), "%Y-%m-%d %H:%M:%S", &utc) == nullptr) {
    throw std::runtime_error("no time: " + time);
  }
  return timegm(&utc);
}

}  // namespace redress::e2e
