#pragma once

// Lines of the bank's file of results, as the contract describes it (ImportBankResults). Reading is
// pure; what a line means for the run is judged elsewhere.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace redress::aftersales {

inline constexpr std::size_t kMostResultLines = 1000;  // in one piece

enum class BankResult : std::uint8_t { kAccepted = 1, kRejected = 2, kUnknown = 3 };
std::string_view NameOf(BankResult result);

struct BankResultLine {
  std::uint32_t line = 0;  // in the file, from 1
  std::string reference;
  std::string amount;  // as it stands there; an exact decimal
  std::string currency;
  BankResult result = BankResult::kUnknown;
  std::string bank_reference;
  std::string reason;
};
// A line that cannot be read: which column, what is wrong, what to do.
struct BadResultLine {
  std::uint32_t line = 0;
  std::string reference;  // as far as it could be read
  std::string column;
  std::string problem;
  std::string remedy;
};
using ReadResultLine = std::variant<BankResultLine, BadResultLine>;

// Reads a header and the lines behind it, the first of which is line `first_line` of the file.
// Empty lines are skipped, and counted. Throws Refusal INVALID_ARGUMENT for a header without the
// needed columns and for more lines than one piece may have.
std::vector<ReadResultLine> ReadBankResults(std::string_view text, std::uint32_t first_line);

}  // namespace redress::aftersales
