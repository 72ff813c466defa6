// What SqlCaseRepository reads for looking back: past steps, and whole histories to verify.

#include <algorithm>

#include "services/aftersales/store/case_repository.h"
#include "services/aftersales/store/case_rows.h"
#include "services/aftersales/store/compensation_rows.h"
#include "services/aftersales/store/step_rows.h"
#include "services/aftersales/store/subject.h"
#include "services/platform/database/transact.h"
#include "services/platform/sealing/seal_broken.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::Result;

constexpr char kFindStepAt[] = "SELECT s.shop_id, " REDRESS_STEP_COLUMNS
                               " FROM steps s FORCE INDEX (PRIMARY)"
                               " WHERE s.shop_id = ? AND s.case_id = ? AND s.applied_at <= ?"
                               " ORDER BY s.sequence DESC LIMIT 1";
// In one statement, so that case and compensations are of one moment.
constexpr char kFindStored[] = "SELECT c.shop_id, " REDRESS_CASE_COLUMNS
                               ", c.kind, c.timer_at, m.shop_id, " REDRESS_COMPENSATION_COLUMNS
                               " FROM cases c LEFT JOIN compensations m"
                               " ON m.shop_id = c.shop_id AND m.case_id = c.case_id"
                               " WHERE c.shop_id = ? AND c.case_id = ? ORDER BY m.number";
constexpr char kReadTexts[] =
    "SELECT sequence, sealed FROM step_texts"
    " WHERE shop_id = ? AND case_id = ? AND sequence BETWEEN ? AND ? ORDER BY sequence";
constexpr char kListCaseIds[] =
    "SELECT case_id FROM cases FORCE INDEX (PRIMARY) WHERE shop_id = ? AND case_id > ?"
    " ORDER BY case_id LIMIT ?";
// A row may be gone while steps are left. Grouping skips from case to case along the key.
constexpr char kListStepCaseIds[] =
    "SELECT case_id FROM steps FORCE INDEX (PRIMARY) WHERE shop_id = ? AND case_id > ?"
    " GROUP BY shop_id, case_id ORDER BY case_id LIMIT ?";

StoredText OpenOne(platform::Sealer& sealer, Connection& db, const Case& of, std::uint32_t sequence,
                   const std::string& sealed) {
  StoredText text;
  text.sequence = sequence;
  const platform::Subject subject = SubjectOf(of.customer, of.order);
  try {
    const auto packed = sealer.Open(db, of.shop, subject.kind, subject.id, sealed);
    if (packed) {
      text.digest = platform::Sha256(*packed);
    } else {
      text.state = StoredText::State::kErased;
    }
  } catch (const platform::SealBroken&) {
    text.state = StoredText::State::kBroken;
  }
  return text;
}

}  // namespace

std::optional<Step> SqlCaseRepository::FindStepAt(ShopId shop, CaseId id, std::int64_t at_us) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<Step> {
    Result rows = db.Query(kFindStepAt, {shop, id, at_us});
    if (!rows.Next()) return std::nullopt;
    return ReadStep(rows);
  });
}

std::optional<StoredCase> SqlCaseRepository::FindStored(ShopId shop, CaseId id) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<StoredCase> {
    Result rows = db.Query(kFindStored, {shop, id});
    if (!rows.Next()) return std::nullopt;
    StoredCase stored;
    stored.row = ReadSuspect(rows, stored.beside);
    RowCursor beside(rows, kCaseColumns);
    beside >> stored.kind;
    beside.Optional(stored.timer_at);
    constexpr int kCompensation = kCaseColumns + 2;
    do {
      if (!rows.OptInt64(kCompensation)) break;
      stored.compensations.push_back(ReadCompensation(rows, kCompensation));
    } while (rows.Next());
    return stored;
  });
}

std::vector<StoredText> SqlCaseRepository::ReadTexts(const Case& of, std::uint32_t first,
                                                     std::uint32_t last) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<std::pair<std::uint32_t, std::string>> sealed;
    Result rows = db.Query(kReadTexts, {of.shop, of.id, first, last});
    while (rows.Next()) {
      sealed.emplace_back(static_cast<std::uint32_t>(rows.Uint64(0)), rows.String(1));
    }
    std::vector<StoredText> texts;
    texts.reserve(sealed.size());
    // One by one, so that a broken one says nothing about the others.
    for (const auto& [sequence, blob] : sealed) {
      texts.push_back(OpenOne(sealer_, db, of, sequence, blob));
    }
    return texts;
  });
}

std::vector<CaseId> SqlCaseRepository::ListHistories(ShopId shop, CaseId after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<CaseId> ids;
    for (const char* statement : {kListCaseIds, kListStepCaseIds}) {
      Result rows = db.Query(statement, {shop, after, static_cast<std::int64_t>(limit)});
      while (rows.Next()) ids.push_back(CaseId{rows.Uint64(0)});
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.size() > limit) ids.resize(limit);
    return ids;
  });
}

}  // namespace redress::aftersales
