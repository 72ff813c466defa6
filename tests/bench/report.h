#pragma once

// The one table at the end of the suite: medians with the smallest and largest of their rounds, and
// what was measured on: the server's variables, batch and pool sizes.

#include <string>
#include <vector>

namespace redress::bench {

// What the rounds of one measurement gave.
class Series {
 public:
  void Add(double value) { values_.push_back(value); }
  double Median() const;
  double Min() const;
  double Max() const;
  double operator[](std::size_t round) const { return values_.at(round); }
  std::size_t size() const { return values_.size(); }

 private:
  std::vector<double> values_;
};

// A row of the table.
void Tell(const std::string& what, const Series& series, const std::string& unit);
void Tell(const std::string& what, double value, const std::string& unit);
// A row, and the figure of that name with the median.
void Claim(const std::string& figure, const Series& series, const std::string& unit = "");
// A line below the table.
void Note(const std::string& text);

}  // namespace redress::bench
