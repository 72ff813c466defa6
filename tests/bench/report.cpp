#include "tests/bench/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "tests/support/figure.h"

namespace redress::bench {
namespace {

// Kept until every benchmark has run.
class Table : public testing::Environment {
 public:
  void TearDown() override {
    std::printf("| %-52s | %10s | %10s | %10s | %-6s |\n", "measured", "median", "least", "most",
                "unit");
    for (const std::string& line : lines) std::printf("%s\n", line.c_str());
    for (const std::string& note : notes) std::printf("| %s\n", note.c_str());
    std::fflush(stdout);
  }
  std::vector<std::string> lines;
  std::vector<std::string> notes;
};

// gtest owns it.
Table& TheTable() {
  static auto* const table = new Table;
  [[maybe_unused]] static auto* const known = testing::AddGlobalTestEnvironment(table);
  return *table;
}
// Environments have to be known before the first test.
[[maybe_unused]] const Table& kMade = TheTable();

std::string NumberText(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), value >= 100 ? "%.0f" : "%.3g", value);
  return text;
}

}  // namespace

double Series::Median() const {
  std::vector<double> sorted = values_;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
double Series::Min() const { return *std::min_element(values_.begin(), values_.end()); }
double Series::Max() const { return *std::max_element(values_.begin(), values_.end()); }

void Tell(const std::string& what, const Series& series, const std::string& unit) {
  char line[200];
  std::snprintf(line, sizeof(line), "| %-52s | %10s | %10s | %10s | %-6s |", what.c_str(),
                NumberText(series.Median()).c_str(), NumberText(series.Min()).c_str(),
                NumberText(series.Max()).c_str(), unit.c_str());
  TheTable().lines.emplace_back(line);
}

void Tell(const std::string& what, double value, const std::string& unit) {
  Series one;
  one.Add(value);
  Tell(what, one, unit);
}

void Claim(const std::string& figure, const Series& series, const std::string& unit) {
  Tell(figure, series, unit);
  test::Figure(figure, series.Median(), unit);
}

void Note(const std::string& text) { TheTable().notes.push_back(text); }

}  // namespace redress::bench
