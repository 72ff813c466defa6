#include "services/aftersales/store/bank_run_repository.h"

#include "services/aftersales/store/bank_run_rows.h"
#include "services/aftersales/store/goods_rows.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::Result;
using platform::Value;

// Two runs of one shop that are made at once take the same number: one of them takes the next.
constexpr int kMostNumberRaces = 20;

constexpr char kWaitingCurrencies[] =
    "SELECT DISTINCT p.currency FROM settlements p FORCE INDEX (settlements_queue)"
    " LEFT JOIN bank_run_payments b ON b.shop_id = p.shop_id AND b.case_id = p.case_id"
    " AND b.attempt = p.attempts AND b.claim = 1"
    " WHERE p.shop_id = ? AND p.state = 1 AND b.case_id IS NULL ORDER BY p.currency";
constexpr char kWaiting[] =
    "SELECT p.shop_id, " REDRESS_SETTLEMENT_COLUMNS
    " FROM settlements p FORCE INDEX (settlements_queue)"
    " LEFT JOIN bank_run_payments b ON b.shop_id = p.shop_id AND b.case_id = p.case_id"
    " AND b.attempt = p.attempts AND b.claim = 1"
    " WHERE p.shop_id = ? AND p.state = 1 AND p.currency = ? AND b.case_id IS NULL"
    " ORDER BY p.case_id LIMIT ?";
constexpr char kCountNew[] =
    "SELECT COUNT(position), COALESCE(SUM(amount), 0) FROM bank_run_payments"
    " WHERE shop_id = ? AND run_id = ?";
constexpr char kLastNumber[] =
    "SELECT COALESCE(MAX(run_number), 0) FROM bank_runs WHERE shop_id = ?";
constexpr char kInsertRun[] =
    "INSERT INTO bank_runs (shop_id, run_id, run_number, state, version, currency, payments, total,"
    " left_out, accepted, rejected, unknown, attention, strange_lines, file_digest, created_by,"
    " created_at, exported_at, handed_over_at, answer_due_at, updated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kUpdateRun[] =
    "UPDATE bank_runs SET state = ?, version = ?, payments = ?, total = ?, left_out = ?,"
    " accepted = ?, rejected = ?, unknown = ?, attention = ?, strange_lines = ?, file_digest = ?,"
    " exported_at = ?, handed_over_at = ?, answer_due_at = ?, updated_at = ?"
    " WHERE shop_id = ? AND run_id = ?";
constexpr char kFindRun[] = "SELECT r.shop_id, " REDRESS_BANK_RUN_COLUMNS
                            " FROM bank_runs r WHERE r.shop_id = ? AND r.run_id = ?";
constexpr char kListRuns[] = "SELECT r.shop_id, " REDRESS_BANK_RUN_COLUMNS
                             " FROM bank_runs r WHERE r.shop_id = ? AND r.run_id < ?";
constexpr char kOnlyState[] = " AND r.state = ?";
constexpr char kNewestFirst[] = " ORDER BY r.run_id DESC LIMIT ?";
constexpr char kForUpdate[] = " FOR UPDATE";
constexpr char kPaymentsOf[] =
    "SELECT b.shop_id, " REDRESS_BANK_PAYMENT_COLUMNS
    " FROM bank_run_payments b WHERE b.shop_id = ? AND b.run_id = ? AND b.position > ?";
constexpr char kOnlyPaymentState[] = " AND b.state = ?";
constexpr char kOnlyAttention[] = " AND b.attention <> ''";
constexpr char kByPosition[] = " ORDER BY b.position LIMIT ?";
// What goes out is a settlement's present attempt.
constexpr char kMarkOutHead[] =
    "UPDATE settlements SET out_attempt = attempts WHERE (shop_id, case_id) IN (";
const platform::MultiRow kMarkOut(kMarkOutHead, 2, ")");
constexpr char kTakeBackHead[] =
    "UPDATE settlements SET out_attempt = 0 WHERE (shop_id, case_id) IN (";
const platform::MultiRow kTakeBack(kTakeBackHead, 2, ")");
constexpr char kCountStrange[] =
    "SELECT COUNT(line) FROM bank_run_strange_lines WHERE shop_id = ? AND run_id = ?";
constexpr char kListStrange[] =
    "SELECT line, reference, amount, currency, result, bank_reference, created_at"
    " FROM bank_run_strange_lines WHERE shop_id = ? AND run_id = ? LIMIT ?";
constexpr char kDueToTell[] = "SELECT b.shop_id, " REDRESS_BANK_PAYMENT_COLUMNS
                              " FROM bank_run_payments b FORCE INDEX (bank_run_payments_tell)"
                              " WHERE b.tell_at <= ? ORDER BY b.tell_at LIMIT ?";
constexpr char kDueOfRun[] = "SELECT b.shop_id, " REDRESS_BANK_PAYMENT_COLUMNS
                             " FROM bank_run_payments b WHERE b.shop_id = ? AND b.run_id = ?"
                             " AND b.tell_at IS NOT NULL ORDER BY b.position LIMIT ?";
constexpr char kMarkTold[] =
    "UPDATE bank_run_payments SET tell = 0, tell_at = NULL"
    " WHERE shop_id = ? AND run_id = ? AND position = ? AND tell_number = ?";
constexpr char kOverdue[] =
    "SELECT shop_id, run_id FROM bank_runs FORCE INDEX (bank_runs_due)"
    " WHERE answer_due_at <= ? ORDER BY answer_due_at LIMIT ?";
constexpr char kFindAttempt[] = "SELECT b.shop_id, " REDRESS_BANK_PAYMENT_COLUMNS
                                " FROM bank_run_payments b WHERE b.shop_id = ? AND b.case_id = ?"
                                " AND b.attempt = ? ORDER BY b.claim DESC, b.run_id DESC LIMIT 1";
constexpr char kNeedsPerson[] =
    "SELECT 1 FROM bank_run_payments WHERE shop_id = ? AND case_id = ? AND attention <> '' LIMIT 1";

std::vector<BankPayment> ReadPayments(Result rows) {
  std::vector<BankPayment> payments;
  while (rows.Next()) payments.push_back(ReadBankPayment(rows));
  return payments;
}

void WriteRun(Connection& db, const BankRun& r) {
  db.Execute(kUpdateRun, {Number(r.state), r.version, r.payments, r.total, r.left_out, r.accepted,
                          r.rejected, r.unknown, r.attention, r.strange_lines,
                          r.exported_at != 0 ? Value(r.file_digest) : Value(),
                          NullIfZero(r.exported_at), NullIfZero(r.handed_over_at),
                          NullIfZero(r.answer_due_at), r.updated_at, r.shop, r.id});
}

LoadedRun LockRun(Connection& db, ShopId shop, BankRunId id, bool with_settlements) {
  LoadedRun loaded;
  Result row = db.Query(std::string(kFindRun) + kForUpdate, {shop, id});
  if (!row.Next()) throw platform::NotFound("bank run", platform::ToString(id));
  loaded.run = ReadBankRun(row);
  loaded.payments = ReadPayments(db.Query(std::string(kPaymentsOf) + kByPosition,
                                          {shop, id, 0u, std::int64_t{kMostBankPayments}}));
  if (with_settlements) {
    // By position, and positions are in the order of cases: every run locks in the same order.
    std::vector<Value> keys;
    for (const BankPayment& payment : loaded.payments) {
      keys.insert(keys.end(), {shop, payment.case_id});
    }
    if (!keys.empty()) {
      kLockSettlements.Query(db, keys, [&](Result& found) {
        Settlement settlement = ReadSettlement(found);
        loaded.settlements[settlement.case_id] = std::move(settlement);
      });
    }
  }
  return loaded;
}

void KeepStrangeLines(Connection& db, LoadedRun& loaded) {
  if (loaded.strange.empty()) return;
  std::vector<platform::Digest> digests;
  digests.reserve(loaded.strange.size());
  for (const StrangeBankLine& line : loaded.strange) digests.push_back(DigestOf(line));
  std::vector<Value> values;
  for (std::size_t i = 0; i < digests.size(); ++i) {
    AppendStrangeLine(values, loaded.run, loaded.strange[i], digests[i]);
  }
  kInsertStrangeLines.Execute(db, values);
  Result count = db.Query(kCountStrange, {loaded.run.shop, loaded.run.id});
  count.Next();
  loaded.run.strange_lines = static_cast<std::uint32_t>(count.Uint64(0));
}

void WriteChanges(Connection& db, const LoadedRun& before, LoadedRun& after) {
  std::vector<Value> values;
  for (std::size_t i = 0; i < after.payments.size(); ++i) {
    if (after.payments[i] != before.payments[i]) AppendBankPayment(values, after.payments[i]);
  }
  if (!values.empty()) kWriteBankPayments.Execute(db, values);
  std::vector<Value> out;
  std::vector<Value> back;
  for (const auto& [id, settlement] : after.settlements) {
    if (settlement.out_attempt == before.settlements.at(id).out_attempt) continue;
    std::vector<Value>& keys = settlement.out_attempt == 0 ? back : out;
    keys.insert(keys.end(), {settlement.shop, id});
  }
  kMarkOut.Execute(db, out);
  kTakeBack.Execute(db, back);
  KeepStrangeLines(db, after);
  if (after.run.version != before.run.version) WriteRun(db, after.run);
}

}  // namespace

std::vector<std::string> SqlBankRunRepository::WaitingCurrencies(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<std::string> currencies;
    Result rows = db.Query(kWaitingCurrencies, {shop});
    while (rows.Next()) currencies.push_back(rows.String(0));
    return currencies;
  });
}

std::vector<Settlement> SqlBankRunRepository::Waiting(ShopId shop, const std::string& currency,
                                                      std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<Settlement> waiting;
    Result rows = db.Query(kWaiting, {shop, currency, static_cast<std::int64_t>(limit)});
    while (rows.Next()) waiting.push_back(ReadSettlement(rows));
    return waiting;
  });
}

std::optional<BankRun> SqlBankRunRepository::Create(const BankRun& draft,
                                                    std::span<const BankPayment> payments,
                                                    const WriteRequest& request) {
  std::vector<BankPayment> rows(payments.begin(), payments.end());
  std::vector<Value> values;
  for (BankPayment& payment : rows) {
    payment.run = draft.id;
    AppendBankPayment(values, payment);
  }
  const auto create = [&](Connection& db) -> std::optional<BankRun> {
    BankRun run = draft;
    if (const auto answer = platform::FindAnswer(db, run.shop, platform::kClientOrigin,
                                                 request.request_id, request.digest)) {
      DecodeBankRun(*answer, run);
      return run;
    }
    if (!values.empty()) kInsertNewBankPayments.Execute(db, values);
    Result count = db.Query(kCountNew, {run.shop, run.id});
    count.Next();
    run.payments = static_cast<std::uint32_t>(count.Uint64(0));
    run.total = count.Int64(1);
    // Undoes the claim of the request_id with it: the next call is judged anew.
    if (run.payments == 0) throw std::out_of_range("no payment was left");
    Result last = db.Query(kLastNumber, {run.shop});
    last.Next();
    run.number = last.Uint64(0) + 1;
    std::vector<Value> columns;
    AppendBankRun(columns, run);
    db.Execute(kInsertRun, columns);
    platform::RememberAnswer(db, run.shop, platform::kClientOrigin, request.request_id,
                             request.digest, EncodeBankRun(run), run.created_at);
    return run;
  };
  for (int race = 1;; ++race) {
    try {
      return platform::Transact(pool_, create);
    } catch (const std::out_of_range&) {
      return std::nullopt;
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseError::Kind::kDuplicateKey || race == kMostNumberRaces) throw;
    }
  }
}

std::optional<BankRun> SqlBankRunRepository::Find(ShopId shop, BankRunId id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<BankRun> {
    Result row = db.Query(kFindRun, {shop, id});
    if (!row.Next()) return std::nullopt;
    return ReadBankRun(row);
  });
}

std::vector<BankRun> SqlBankRunRepository::List(const BankRunQuery& query) {
  std::string sql = kListRuns;
  std::vector<Value> values{query.shop, query.before ? query.before : BankRunId{UINT64_MAX}};
  if (query.state) {
    sql += kOnlyState;
    values.push_back(Number(*query.state));
  }
  sql += kNewestFirst;
  values.emplace_back(static_cast<std::int64_t>(query.limit));
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<BankRun> runs;
    Result rows = db.Query(sql, values);
    while (rows.Next()) runs.push_back(ReadBankRun(rows));
    return runs;
  });
}

std::vector<BankPayment> SqlBankRunRepository::Payments(const BankPaymentQuery& query) {
  std::string sql = kPaymentsOf;
  std::vector<Value> values{query.shop, query.run, query.after};
  if (query.state) {
    sql += kOnlyPaymentState;
    values.push_back(Number(*query.state));
  }
  if (query.attention_only) sql += kOnlyAttention;
  sql += kByPosition;
  values.emplace_back(static_cast<std::int64_t>(query.limit));
  return platform::Read(pool_, [&](Connection& db) { return ReadPayments(db.Query(sql, values)); });
}

std::vector<StrangeBankLine> SqlBankRunRepository::StrangeLines(ShopId shop, BankRunId id,
                                                                std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<StrangeBankLine> lines;
    Result rows = db.Query(kListStrange, {shop, id, static_cast<std::int64_t>(limit)});
    while (rows.Next()) {
      StrangeBankLine& line = lines.emplace_back();
      RowCursor row(rows);
      row >> line.line, row >> line.reference, row >> line.amount, row >> line.currency;
      row >> line.result, row >> line.bank_reference, row >> line.created_at;
    }
    return lines;
  });
}

BankRun SqlBankRunRepository::Change(ShopId shop, BankRunId id, const ChangeOptions& options,
                                     const Decide& decide, std::int64_t now_us) {
  return platform::Transact(pool_, [&](Connection& db) {
    const LoadedRun before = LockRun(db, shop, id, options.with_settlements);
    LoadedRun after = before;
    if (options.request) {
      if (const auto answer =
              platform::FindAnswer(db, shop, platform::kClientOrigin, options.request->request_id,
                                   options.request->digest)) {
        DecodeBankRun(*answer, after.run);
        return after.run;
      }
    }
    decide(after);
    WriteChanges(db, before, after);
    if (options.request) {
      platform::RememberAnswer(db, shop, platform::kClientOrigin, options.request->request_id,
                               options.request->digest, EncodeBankRun(after.run), now_us);
    }
    return after.run;
  });
}

std::vector<BankPayment> SqlBankRunRepository::DueToTell(std::int64_t now_us, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadPayments(db.Query(kDueToTell, {now_us, static_cast<std::int64_t>(limit)}));
  });
}

std::vector<BankPayment> SqlBankRunRepository::DueToTell(ShopId shop, BankRunId id,
                                                         std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadPayments(db.Query(kDueOfRun, {shop, id, static_cast<std::int64_t>(limit)}));
  });
}

void SqlBankRunRepository::MarkTold(const BankPayment& told) {
  platform::Transact(pool_, [&](Connection& db) {
    db.Execute(kMarkTold, {told.shop, told.run, told.position, told.tell_number});
  });
}

std::vector<std::pair<ShopId, BankRunId>> SqlBankRunRepository::Overdue(std::int64_t now_us,
                                                                        std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<std::pair<ShopId, BankRunId>> runs;
    Result rows = db.Query(kOverdue, {now_us, static_cast<std::int64_t>(limit)});
    while (rows.Next()) runs.emplace_back(rows.Shop(0), rows.Id<BankRunId>(1));
    return runs;
  });
}

std::optional<BankPayment> SqlBankRunRepository::FindAttempt(ShopId shop, CaseId of,
                                                             std::uint32_t attempt) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<BankPayment> {
    Result row = db.Query(kFindAttempt, {shop, of, attempt});
    if (!row.Next()) return std::nullopt;
    return ReadBankPayment(row);
  });
}

bool SqlBankRunRepository::NeedsPerson(ShopId shop, CaseId of) {
  return platform::Read(pool_, [&](Connection& db) {
    return db.Query(kNeedsPerson, {shop, of}).Next();
  });
}

}  // namespace redress::aftersales
