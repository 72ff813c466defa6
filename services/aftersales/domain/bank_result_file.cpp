#include "services/aftersales/domain/bank_result_file.h"

#include <algorithm>
#include <array>
#include <optional>

#include "services/aftersales/domain/bank_run_file.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/money.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

constexpr std::array<std::string_view, 6> kColumns = {"reference", "amount",         "currency",
                                                      "result",    "bank_reference", "reason"};
enum Column { kReference, kAmount, kCurrency, kResult, kBankReference, kReason };
constexpr std::size_t kNeeded = 4;  // the first ones
constexpr std::size_t kLongestReference = 64;
constexpr std::size_t kLongestReason = 200;

std::string_view NextLine(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::string Trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool IsPlainReference(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view(":._/-").find(c) != std::string_view::npos;
  });
}

// Where each column stands in a line; nothing for one that the file does not have.
class Header {
 public:
  explicit Header(std::string_view line) {
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    const auto names = SplitCsvLine(line);
    if (names) fields_ = names->size();
    for (std::size_t i = 0; names && i < names->size(); ++i) {
      const auto known = std::find(kColumns.begin(), kColumns.end(), Trimmed((*names)[i]));
      if (known == kColumns.end()) continue;
      auto& place = places_[static_cast<std::size_t>(known - kColumns.begin())];
      if (place) throw Unfit("has the column " + std::string(*known) + " twice");
      place = i;
    }
    for (std::size_t i = 0; i < kNeeded; ++i) {
      if (!places_[i]) throw Unfit("has no column " + std::string(kColumns[i]));
    }
  }

  std::size_t fields() const { return fields_; }
  std::string Read(const std::vector<std::string>& fields, Column column) const {
    const auto& place = places_[column];
    return place ? Trimmed(fields[*place]) : std::string();
  }

 private:
  static platform::Refusal Unfit(const std::string& problem) {
    return platform::InvalidField(
        "text", "its first line " + problem +
                    "; send the file's header: reference, amount, currency, result, "
                    "bank_reference, reason");
  }

  std::array<std::optional<std::size_t>, kColumns.size()> places_;
  std::size_t fields_ = 0;
};

std::optional<BankResult> ResultOf(const std::string& text) {
  for (const BankResult result :
       {BankResult::kAccepted, BankResult::kRejected, BankResult::kUnknown}) {
    if (text == NameOf(result)) return result;
  }
  return std::nullopt;
}

// Up to so many bytes, without cutting a character.
std::string Cut(const std::string& text, std::size_t most) {
  std::string cut = text.substr(0, most);
  while (!cut.empty() && !platform::Utf8Length(cut)) cut.pop_back();
  return cut;
}

ReadResultLine Bad(std::uint32_t line, const std::string& reference, Column column,
                   std::string problem, std::string remedy) {
  return BadResultLine{line, Cut(reference, kLongestReference), std::string(kColumns[column]),
                       std::move(problem), std::move(remedy)};
}

ReadResultLine ReadLine(const Header& header, std::string_view text, std::uint32_t number) {
  if (!platform::Utf8Length(text)) {
    return BadResultLine{number, "", "", "is not UTF-8", "save the file as UTF-8"};
  }
  const auto fields = SplitCsvLine(text);
  if (!fields) {
    return BadResultLine{number, "", "", "has a quote that does not end",
                         "write a quote inside a field twice, one record on one line"};
  }
  if (fields->size() != header.fields()) {
    return BadResultLine{number, "", "",
                         "has " + std::to_string(fields->size()) + " fields, the header " +
                             std::to_string(header.fields()),
                         "give each column of the header a field"};
  }
  BankResultLine line;
  line.line = number;
  line.reference = header.Read(*fields, kReference);
  line.amount = header.Read(*fields, kAmount);
  line.currency = header.Read(*fields, kCurrency);
  line.bank_reference = header.Read(*fields, kBankReference);
  line.reason = Cut(header.Read(*fields, kReason), kLongestReason);
  const auto bad = [&](Column column, std::string problem, std::string remedy) {
    return Bad(number, line.reference, column, std::move(problem), std::move(remedy));
  };
  if (line.reference.empty() || line.reference.size() > kLongestReference ||
      !IsPlainReference(line.reference)) {
    return bad(kReference, "is no payment's reference", "give the reference of the exported line");
  }
  if (line.amount.size() > 32 || !platform::Decimal::Parse(line.amount)) {
    return bad(kAmount, "is no decimal number", "write it as exported, e.g. 12.34");
  }
  if (!platform::MinorDigits(line.currency)) {
    return bad(kCurrency, "is no currency", "give its three capital letters, e.g. CNY");
  }
  const auto result = ResultOf(header.Read(*fields, kResult));
  if (!result) return bad(kResult, "is no result", "say accepted, rejected or unknown");
  line.result = *result;
  if (line.bank_reference.size() > kLongestReference || !IsPlainReference(line.bank_reference)) {
    return bad(kBankReference, "is no reference",
               "give at most 64 letters, digits and any of : . _ / -");
  }
  if (line.result == BankResult::kAccepted && line.bank_reference.empty()) {
    return bad(kBankReference, "is missing", "give the bank's reference of the payment");
  }
  return line;
}

}  // namespace

std::string_view NameOf(BankResult result) {
  switch (result) {
    case BankResult::kAccepted:
      return "accepted";
    case BankResult::kRejected:
      return "rejected";
    case BankResult::kUnknown:
      break;
  }
  return "unknown";
}

std::vector<ReadResultLine> ReadBankResults(std::string_view text, std::uint32_t first_line) {
  const Header header(NextLine(text));
  std::vector<ReadResultLine> lines;
  for (std::uint32_t number = first_line; !text.empty(); ++number) {
    const std::string_view line = NextLine(text);
    if (line.empty()) continue;
    if (lines.size() == kMostResultLines) {
      throw platform::InvalidField("text", "has more than " + std::to_string(kMostResultLines) +
                                               " lines behind its header; send it in pieces");
    }
    lines.push_back(ReadLine(header, line, number));
  }
  return lines;
}

}  // namespace redress::aftersales
