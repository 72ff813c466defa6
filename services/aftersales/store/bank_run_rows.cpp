#include "services/aftersales/store/bank_run_rows.h"

#include <sstream>
#include <stdexcept>

namespace redress::aftersales {
namespace {

constexpr std::size_t kMaxRows = 64;

constexpr char kPaymentsHead[] =
    "INSERT INTO bank_run_payments (shop_id, run_id, position, case_id, attempt, claim, "
    "case_number,"
    " order_id, amount, platform, order_number, state, bank_reference, reason, attention,"
    " attention_detail, answered_at, tell, tell_number, tell_at) VALUES ";
constexpr char kStays[] = " ON DUPLICATE KEY UPDATE shop_id = bank_run_payments.shop_id";
constexpr char kPaymentsTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), claim = VALUES(claim),"
    " state = VALUES(state), bank_reference = VALUES(bank_reference), reason = VALUES(reason),"
    " attention = VALUES(attention), attention_detail = VALUES(attention_detail),"
    " answered_at = VALUES(answered_at), tell = VALUES(tell), tell_number = VALUES(tell_number),"
    " tell_at = VALUES(tell_at)";
constexpr char kStrangeHead[] =
    "INSERT INTO bank_run_strange_lines (shop_id, run_id, digest, line, reference, amount, "
    "currency,"
    " result, bank_reference, created_at) VALUES ";
constexpr char kStrangeTail[] = " ON DUPLICATE KEY UPDATE shop_id = bank_run_strange_lines.shop_id";

// The members that a repeat has to be told, in one order for both ways.
template <class Run, class Each>
void VisitRun(Run& run, Each each) {
  each(run.id.value), each(run.number), each(run.version), each(run.payments), each(run.total);
  each(run.left_out), each(run.accepted), each(run.rejected), each(run.unknown);
  each(run.attention), each(run.strange_lines), each(run.created_by.value);
  each(run.created_at), each(run.exported_at), each(run.handed_over_at);
  each(run.answer_due_at), each(run.updated_at);
}

}  // namespace

const platform::MultiRow kInsertNewBankPayments(kPaymentsHead, 20, kStays, kMaxRows);
const platform::MultiRow kWriteBankPayments(kPaymentsHead, 20, kPaymentsTail, kMaxRows);
const platform::MultiRow kInsertStrangeLines(kStrangeHead, 10, kStrangeTail, kMaxRows);

BankRun ReadBankRun(platform::Result& result) {
  BankRun r;
  RowCursor row(result);
  std::string digest;
  row >> r.shop, row >> r.id, row >> r.number, row >> r.state, row >> r.version;
  row >> r.currency, row >> r.payments, row >> r.total, row >> r.left_out, row >> r.accepted;
  row >> r.rejected, row >> r.unknown, row >> r.attention, row >> r.strange_lines;
  row.Optional(digest);
  if (!digest.empty()) r.file_digest = platform::DigestFromBytes(digest);
  row >> r.created_by, row >> r.created_at;
  row.Optional(r.exported_at);
  row.Optional(r.handed_over_at);
  row.Optional(r.answer_due_at);
  row >> r.updated_at;
  return r;
}

BankPayment ReadBankPayment(platform::Result& result) {
  BankPayment p;
  RowCursor row(result);
  std::int64_t claim = 0;
  row >> p.shop, row >> p.run, row >> p.position, row >> p.case_id, row >> p.attempt;
  row.Optional(claim);
  p.claims = claim != 0;
  row >> p.case_number, row >> p.order, row >> p.amount, row >> p.platform;
  row >> p.order_number, row >> p.state, row >> p.bank_reference, row >> p.reason;
  row >> p.attention, row >> p.attention_detail;
  row.Optional(p.answered_at);
  row >> p.tell, row >> p.tell_number;
  row.Optional(p.tell_at);
  return p;
}

void AppendBankRun(std::vector<platform::Value>& values, const BankRun& r) {
  const bool has_file = r.exported_at != 0;
  values.insert(values.end(), {r.shop,
                               r.id,
                               r.number,
                               Number(r.state),
                               r.version,
                               r.currency,
                               r.payments,
                               r.total,
                               r.left_out,
                               r.accepted,
                               r.rejected,
                               r.unknown,
                               r.attention,
                               r.strange_lines,
                               has_file ? platform::Value(r.file_digest) : platform::Value(),
                               r.created_by,
                               r.created_at,
                               NullIfZero(r.exported_at),
                               NullIfZero(r.handed_over_at),
                               NullIfZero(r.answer_due_at),
                               r.updated_at});
}

void AppendBankPayment(std::vector<platform::Value>& values, const BankPayment& p) {
  values.insert(values.end(), {p.shop,
                               p.run,
                               p.position,
                               p.case_id,
                               p.attempt,
                               NullIfZero(p.claims ? 1 : 0),
                               p.case_number,
                               p.order,
                               p.amount,
                               p.platform,
                               p.order_number,
                               Number(p.state),
                               p.bank_reference,
                               p.reason,
                               p.attention,
                               p.attention_detail,
                               NullIfZero(p.answered_at),
                               Number(p.tell),
                               p.tell_number,
                               NullIfZero(p.tell_at)});
}

void AppendStrangeLine(std::vector<platform::Value>& values, const BankRun& run,
                       const StrangeBankLine& line, const platform::Digest& digest) {
  values.insert(values.end(), {run.shop, run.id, digest, line.line, line.reference, line.amount,
                               line.currency, line.result, line.bank_reference, line.created_at});
}

platform::Digest DigestOf(const StrangeBankLine& line) {
  return platform::Sha256(line.reference + "|" + line.amount + "|" + line.currency + "|" +
                          line.result + "|" + line.bank_reference);
}

std::string EncodeBankRun(const BankRun& run) {
  std::ostringstream text;
  VisitRun(run, [&](const auto& number) { text << number << ' '; });
  text << static_cast<int>(run.state) << ' ' << run.currency << ' '
       << platform::Hex(run.file_digest);
  return text.str();
}

void DecodeBankRun(std::string_view encoded, BankRun& run) {
  std::istringstream text{std::string(encoded)};
  VisitRun(run, [&](auto& number) { text >> number; });
  int state = 0;
  std::string digest;
  text >> state >> run.currency >> digest;
  const auto bytes = platform::Unhex(digest);
  if (text.fail() || !bytes)
    throw std::runtime_error("the kept answer of a bank run is unreadable");
  run.state = static_cast<BankRunState>(state);
  run.file_digest = platform::DigestFromBytes(*bytes);
}

}  // namespace redress::aftersales
