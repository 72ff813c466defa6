#pragma once

// The file of a bank run, as the contract describes it (ExportBankRun): CSV with a control record.
// Which payments are in it is fixed by the first export, so that the same run always gives the same
// bytes.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/bank_run.h"

namespace redress::aftersales {

// "12.34" with exactly the currency's digits ("1234" for JPY). Throws std::invalid_argument for an
// unknown currency.
std::string BankAmount(std::int64_t minor, std::string_view currency);

// The whole file, a megabyte at most. Payments that were left out are not in it.
std::string BankRunFile(const BankRun& run, std::span<const BankPayment> payments);
std::string BankRunFileName(const BankRun& run);

// One record of RFC 4180 without its line's end; `fields` are quoted where they need it.
std::string CsvRecord(std::span<const std::string> fields);
// The fields of one line; nothing when a quote does not end or text follows one.
std::optional<std::vector<std::string>> SplitCsvLine(std::string_view line);

}  // namespace redress::aftersales
