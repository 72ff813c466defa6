#include "services/aftersales/store/past_case_store.h"

#include <deque>
#include <map>
#include <utility>

#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/store/case_rows.h"
#include "services/aftersales/store/goods_rows.h"
#include "services/aftersales/store/step_rows.h"
#include "services/aftersales/store/step_texts.h"
#include "services/platform/database/transact.h"
#include "services/platform/events/outbox.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::Result;
using platform::Value;
using SourceKey = std::pair<std::string, std::string>;
using KnownRows = std::map<SourceKey, PastCaseStore::Known>;

// Two imports of one file may meet: who comes second finds the first's rows when it looks again.
constexpr int kMostMeetings = 4;

constexpr char kFindImportedHead[] =
    "SELECT source, source_number, case_id, digest FROM imported_cases"
    " WHERE (shop_id, source, source_number) IN (";
const platform::MultiRow kFindImported(kFindImportedHead, 3, ")");
constexpr char kInsertImportedHead[] =
    "INSERT INTO imported_cases (shop_id, source, source_number, case_id, digest, last_sequence,"
    " imported_at) VALUES ";
const platform::MultiRow kInsertImported(kInsertImportedHead, 7);
constexpr char kReadLineImported[] =
    "SELECT imported FROM line_ledger WHERE shop_id = ? AND line_id = ?";
constexpr char kWriteLineImported[] =
    "UPDATE line_ledger SET imported = ? WHERE shop_id = ? AND line_id = ?";

SourceKey KeyOf(const PendingPast& one) { return {one.past->source, one.past->source_number}; }

KnownRows FindKnown(Connection& db, ShopId shop, std::span<const PendingPast> pending) {
  std::vector<Value> keys;
  for (const PendingPast& one : pending) {
    keys.insert(keys.end(), {shop, one.past->source, one.past->source_number});
  }
  KnownRows known;
  kFindImported.Query(db, keys, [&](Result& row) {
    known.insert_or_assign(
        {row.String(0), row.String(1)},
        PastCaseStore::Known{CaseId{row.Uint64(2)}, platform::DigestFromBytes(row.String(3))});
  });
  return known;
}

// The ledger rows of the lines that money was returned for, made where there are none, locked.
class LockedLines {
 public:
  LockedLines(Connection& db, ShopId shop, std::span<PendingPast* const> fresh, std::int64_t now_us)
      : shop_(shop) {
    std::map<LineId, LineFacts> facts;
    for (const PendingPast* one : fresh) {
      const auto& line = one->place.line;
      if (line && line->line && one->past->amount_settled > 0) facts.emplace(line->line, *line);
    }
    if (facts.empty()) return;
    std::vector<LedgerRow> new_rows;
    std::vector<Value> keys;
    for (const auto& [line, known] : facts) {
      LedgerRow& row = new_rows.emplace_back();
      row.shop = shop;
      BringUpToDate(row, known, now_us);
      keys.insert(keys.end(), {shop, line});
    }
    std::vector<Value> values;
    for (const LedgerRow& row : new_rows) AppendLine(values, row);
    kInsertNewLines.Execute(db, values);
    kLockLines.Query(db, keys, [&](Result& row) {
      LedgerRow read = ReadLine(row);
      rows_.insert_or_assign(read.line, std::move(read));
    });
    for (auto& [line, row] : rows_) {
      BringUpToDate(row, facts.at(line), now_us);
      Result found = db.Query(kReadLineImported, {shop, line});
      found.Next();
      imported_[line] = found.Int64(0);
    }
  }

  PastShare Take(const PendingPast& one) {
    const std::int64_t amount = one.past->amount_settled;
    const LineId line = one.place.line ? one.place.line->line : LineId{};
    const auto row = rows_.find(line);
    if (row == rows_.end()) return {0, amount};
    return TakeFromLine(row->second, amount, one.place.line->refunded_elsewhere, imported_[line]);
  }

  void Write(Connection& db) const {
    if (rows_.empty()) return;
    std::vector<Value> values;
    for (const auto& [line, row] : rows_) AppendLine(values, row);
    kWriteLines.Execute(db, values);
    for (const auto& [line, imported] : imported_) {
      db.Execute(kWriteLineImported, {imported, shop_, line});
    }
  }

 private:
  const ShopId shop_;
  std::map<LineId, LedgerRow> rows_;
  std::map<LineId, std::int64_t> imported_;
};

void InsertImported(Connection& db, ShopId shop, std::span<PendingPast* const> fresh,
                    std::int64_t now_us) {
  std::vector<Value> values;
  for (const PendingPast* one : fresh) {
    values.insert(values.end(),
                  {shop, one->past->source, one->past->source_number, one->place.id,
                   one->past->digest, static_cast<std::uint64_t>(one->past->steps.size()), now_us});
  }
  kInsertImported.Execute(db, values);
}

void InsertCases(Connection& db, const std::vector<RecordedPast>& recorded) {
  std::vector<Value> refunds;
  std::vector<Value> packed;
  std::deque<std::string> progress;  // what the values refer to
  for (const RecordedPast& one : recorded) {
    if (!IsPacked(one.after)) {
      AppendCase(refunds, one.after);
      continue;
    }
    AppendCase(packed, one.after);
    packed.emplace_back(progress.emplace_back(EncodeProgress(one.after)));
  }
  if (!refunds.empty()) kInsertCases.Execute(db, refunds);
  if (!packed.empty()) kInsertPackedCases.Execute(db, packed);
}

}  // namespace

std::vector<std::optional<PastCaseStore::Known>> SqlPastCaseStore::Find(
    ShopId shop, std::span<const PendingPast> pending) {
  std::vector<std::optional<Known>> found(pending.size());
  if (pending.empty()) return found;
  const KnownRows known =
      platform::Read(pool_, [&](Connection& db) { return FindKnown(db, shop, pending); });
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const auto row = known.find(KeyOf(pending[i]));
    if (row != known.end()) found[i] = row->second;
  }
  return found;
}

void SqlPastCaseStore::Store(ShopId shop, std::span<PendingPast> pending, std::int64_t now_us) {
  for (int meeting = 1;; ++meeting) {
    try {
      return platform::Transact(pool_,
                                [&](Connection& db) { StoreOnce(db, shop, pending, now_us); });
    } catch (const DatabaseError& error) {
      const bool met = error.kind() == DatabaseError::Kind::kDuplicateKey;
      if (!met || meeting == kMostMeetings) throw;
    }
  }
}

void SqlPastCaseStore::StoreOnce(Connection& db, ShopId shop, std::span<PendingPast> pending,
                                 std::int64_t now_us) {
  KnownRows known = FindKnown(db, shop, pending);
  std::vector<PendingPast*> fresh;
  for (PendingPast& one : pending) {
    const auto row = known.find(KeyOf(one));
    if (row == known.end()) {
      // The same number once more in one call is known by then.
      known.insert_or_assign(KeyOf(one), Known{one.place.id, one.past->digest});
      one.result->fate = PastFate::kCreated;
      one.result->id = one.place.id;
      fresh.push_back(&one);
    } else if (row->second.id == one.place.id) {
      // A COMMIT whose answer was lost.
      one.result->fate = PastFate::kCreated;
      one.result->id = one.place.id;
    } else {
      SetKnown(one, row->second.id, row->second.digest);
    }
  }
  if (fresh.empty()) return;
  InsertImported(db, shop, fresh, now_us);
  LockedLines lines(db, shop, fresh, now_us);
  std::vector<RecordedPast> recorded;
  recorded.reserve(fresh.size());
  for (const PendingPast* one : fresh) {
    recorded.push_back(Record(*one->past, one->place, lines.Take(*one)));
  }
  lines.Write(db);
  Write(db, shop, recorded, now_us);
}

void SqlPastCaseStore::Write(Connection& db, ShopId shop, const std::vector<RecordedPast>& recorded,
                             std::int64_t now_us) {
  InsertCases(db, recorded);
  std::vector<Value> steps;
  std::vector<TextRow> texts;
  std::vector<platform::EventRef> refs;
  for (const RecordedPast& one : recorded) {
    for (const Step& step : one.steps) {
      AppendStep(steps, step);
      refs.push_back({shop, step.case_id.value, step.sequence});
    }
    texts.insert(texts.end(), one.texts.begin(), one.texts.end());
  }
  kInsertSteps.Execute(db, steps);
  WriteImportedTexts(db, sealer_, texts);
  platform::AppendOutbox(db, ids_.Next(), now_us, refs);
}

}  // namespace redress::aftersales
