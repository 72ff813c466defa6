#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/bank_run.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {

#define REDRESS_BANK_RUN_COLUMNS                                                             \
  "r.run_id, r.run_number, r.state, r.version, r.currency, r.payments, r.total, r.left_out," \
  " r.accepted, r.rejected, r.unknown, r.attention, r.strange_lines, r.file_digest,"         \
  " r.created_by, r.created_at, r.exported_at, r.handed_over_at, r.answer_due_at,"           \
  " r.updated_at"
#define REDRESS_BANK_PAYMENT_COLUMNS                                                \
  "b.run_id, b.position, b.case_id, b.attempt, b.claim, b.case_number, b.order_id," \
  " b.amount, b.platform, b.order_number, b.state, b.bank_reference, b.reason,"     \
  " b.attention, b.attention_detail, b.answered_at, b.tell, b.tell_number, b.tell_at"

// A row that is there already, or whose attempt another run has taken, stays as it is.
extern const platform::MultiRow kInsertNewBankPayments;
extern const platform::MultiRow kWriteBankPayments;
extern const platform::MultiRow kInsertStrangeLines;

BankRun ReadBankRun(platform::Result& row);
BankPayment ReadBankPayment(platform::Result& row);
void AppendBankRun(std::vector<platform::Value>& values, const BankRun& run);
void AppendBankPayment(std::vector<platform::Value>& values, const BankPayment& payment);
// `digest` lives as long as the values.
void AppendStrangeLine(std::vector<platform::Value>& values, const BankRun& run,
                       const StrangeBankLine& line, const platform::Digest& digest);
platform::Digest DigestOf(const StrangeBankLine& line);

// A run as the answer of a write, kept for repeats.
std::string EncodeBankRun(const BankRun& run);
void DecodeBankRun(std::string_view text, BankRun& run);

}  // namespace redress::aftersales
