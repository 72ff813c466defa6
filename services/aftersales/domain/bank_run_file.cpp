#include "services/aftersales/domain/bank_run_file.h"

#include <algorithm>
#include <stdexcept>

#include "services/platform/base/money.h"

namespace redress::aftersales {
namespace {

constexpr char kHeader[] =
    "record,reference,amount,currency,count,platform,order_number,order_id,purpose\n";

}  // namespace

std::string ReferenceOf(const BankPayment& payment) {
  return platform::ToString(payment.case_id) + "-" + std::to_string(payment.attempt);
}

bool IsPayable(const Settlement& settlement, const BankPayment& payment) {
  return settlement.state == SettlementState::kPending && settlement.attempts == payment.attempt &&
         settlement.amount == payment.amount;
}

std::string BankAmount(std::int64_t minor, std::string_view currency) {
  const std::optional<int> digits = platform::MinorDigits(currency);
  if (!digits) throw std::invalid_argument("no currency: " + std::string(currency));
  std::string text = platform::Decimal::FromMinor(minor, *digits).ToString();
  if (*digits == 0) return text;
  const auto point = text.find('.');
  if (point == std::string::npos) return text + "." + std::string(*digits, '0');
  return text + std::string(*digits - (text.size() - point - 1), '0');
}

std::string CsvRecord(std::span<const std::string> fields) {
  std::string line;
  for (const std::string& field : fields) {
    if (&field != fields.data()) line += ',';
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
      line += field;
      continue;
    }
    line += '"';
    for (const char c : field) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line;
}

std::optional<std::vector<std::string>> SplitCsvLine(std::string_view line) {
  std::vector<std::string> fields(1);
  std::size_t at = 0;
  while (at < line.size()) {
    if (line[at] == '"' && fields.back().empty()) {
      ++at;
      while (true) {
        const auto quote = line.find('"', at);
        if (quote == std::string_view::npos) return std::nullopt;
        fields.back() += line.substr(at, quote - at);
        at = quote + 1;
        if (at >= line.size() || line[at] != '"') break;
        fields.back() += '"';
        ++at;
      }
      if (at < line.size() && line[at] != ',') return std::nullopt;
    } else {
      const auto comma = std::min(line.find(',', at), line.size());
      fields.back() += line.substr(at, comma - at);
      at = comma;
    }
    if (at < line.size()) {
      fields.emplace_back();
      ++at;
    }
  }
  return fields;
}

std::string BankRunFile(const BankRun& run, std::span<const BankPayment> payments) {
  std::string file = kHeader;
  std::int64_t total = 0;
  std::uint64_t count = 0;
  const auto add = [&file](std::vector<std::string> fields) {
    // A record is one line: what the bank returns is read line by line.
    for (std::string& field : fields) {
      std::replace_if(
          field.begin(), field.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
    }
    file += CsvRecord(fields) + "\n";
  };
  for (const BankPayment& payment : payments) {
    if (payment.state == BankPaymentState::kLeftOut) continue;
    total += payment.amount;
    ++count;
    add({"payment", ReferenceOf(payment), BankAmount(payment.amount, run.currency), run.currency,
         "1", payment.platform, payment.order_number, platform::ToString(payment.order),
         "Refund of case " + std::to_string(payment.case_number)});
  }
  add({"control", "run-" + std::to_string(run.number), BankAmount(total, run.currency),
       run.currency, std::to_string(count), "", "", "", ""});
  return file;
}

std::string BankRunFileName(const BankRun& run) {
  return "bank-run-" + std::to_string(run.number) + "-" + run.currency + ".csv";
}

}  // namespace redress::aftersales
