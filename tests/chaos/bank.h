#pragma once

// The bank at the edge: it reads the documented file, pays every line of every file that it is
// given, without remembering any, and answers with the documented file of results. What it pays is
// counted, so that a second payment shows.

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace redress::chaos {

class Bank {
 public:
  explicit Bank(std::uint64_t seed) : random_(seed) {}

  // Pays, refuses, or forgets to say; some of it shows in the answer only later. Throws
  // std::runtime_error for a file that is not the documented one or whose control record is wrong.
  void Receive(const std::string& file);
  // The results so far of the last file, with lines that come twice and one that nobody can read.
  std::string Results() const;
  // The same once the bank has found out everything.
  void FindOut();

  // Payments made per case id, and under which reference the last one.
  const std::map<std::string, int>& paid() const { return paid_; }
  const std::map<std::string, std::string>& references() const { return references_; }
  std::int64_t paid_minor() const { return paid_minor_; }
  std::size_t files() const { return files_; }

 private:
  struct Line {
    std::string reference, amount, currency;
    bool paid = false;
    std::string bank_reference;
    bool told = false;    // in the results
    bool unsure = false;  // told as unknown
  };

  std::mt19937_64 random_;
  std::vector<Line> last_;
  std::map<std::string, int> paid_;
  std::map<std::string, std::string> references_;
  std::int64_t paid_minor_ = 0;
  std::size_t files_ = 0;
};

}  // namespace redress::chaos
