#include "services/aftersales/store/batch_store.h"

#include <deque>
#include <set>
#include <vector>

#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/store/batch_loading.h"
#include "services/aftersales/store/case_rows.h"
#include "services/aftersales/store/compensation_rows.h"
#include "services/aftersales/store/contact_refusals.h"
#include "services/aftersales/store/goods_rows.h"
#include "services/aftersales/store/late_report_repository.h"
#include "services/aftersales/store/link_rows.h"
#include "services/aftersales/store/step_rows.h"
#include "services/aftersales/store/step_texts.h"
#include "services/platform/database/transact.h"
#include "services/platform/events/outbox.h"

namespace redress::aftersales {
namespace {

using platform::Connection;
using platform::DatabaseError;
using platform::Value;

WriteRefused::Why WhyOf(const DatabaseError& error) {
  if (error.kind() == DatabaseError::Kind::kCheckViolated) {
    if (error.key().find("line_ledger") != std::string::npos) return WriteRefused::Why::kLineLimit;
    if (error.key().find("compensation_budgets") != std::string::npos) {
      return WriteRefused::Why::kMonthLimit;
    }
    return WriteRefused::Why::kOther;
  }
  if (error.kind() == DatabaseError::Kind::kDuplicateKey) {
    if (error.key() == "cases_platform_refund") return WriteRefused::Why::kPlatformRefundKnown;
    if (error.key() == "steps_request") return WriteRefused::Why::kRequestKnown;
  }
  return WriteRefused::Why::kOther;
}

template <class Row, class Append>
void WriteRows(Connection& db, const platform::MultiRow& statement, const std::vector<Row>& rows,
               Append append) {
  if (rows.empty()) return;
  std::vector<Value> values;
  for (const Row& row : rows) append(values, row);
  statement.Execute(db, values);
}

void WriteCases(Connection& db, const Changes& changes) {
  std::set<CaseKey> opened;
  for (const Step& step : changes.steps) {
    if (step.sequence == 1) opened.emplace(step.shop, step.case_id);
  }
  std::vector<Value> fresh;
  std::vector<Value> known;
  std::vector<Value> fresh_packed;
  std::vector<Value> known_packed;
  std::deque<std::string> packed;  // what the values refer to
  for (const Case& one : changes.cases) {
    const bool is_fresh = opened.contains({one.shop, one.id});
    if (!IsPacked(one)) {
      AppendCase(is_fresh ? fresh : known, one);
      continue;
    }
    std::vector<Value>& values = is_fresh ? fresh_packed : known_packed;
    AppendCase(values, one);
    values.emplace_back(packed.emplace_back(EncodeProgress(one)));
  }
  if (!fresh.empty()) kInsertCases.Execute(db, fresh);
  if (!known.empty()) kWriteCases.Execute(db, known);
  if (!fresh_packed.empty()) kInsertPackedCases.Execute(db, fresh_packed);
  if (!known_packed.empty()) kWritePackedCases.Execute(db, known_packed);
}

}  // namespace

SqlBatchStore::SqlBatchStore(platform::Pool& pool, platform::Sealer& sealer,
                             platform::IdSource& ids)
    : pool_(pool), sealer_(sealer), ids_(ids) {}

Decision SqlBatchStore::Run(std::span<Command* const> commands, const DecideRows& decide) {
  try {
    return platform::Transact(pool_, [&](Connection& db) {
      Decision decision = decide(LoadBatch(db, commands));
      Write(db, decision.changes);
      return decision;
    });
  } catch (const DatabaseError& error) {
    throw WriteRefused(WhyOf(error), error.what());
  }
}

void SqlBatchStore::Write(Connection& db, const Changes& changes) {
  WriteCases(db, changes);
  WriteRows(db, kWriteTasks, changes.tasks, AppendTask);
  WriteRows(db, kWriteLines, changes.ledger, AppendLine);
  WriteRows(db, kWriteSettlements, changes.settlements, AppendSettlement);
  WriteCompensations(db, changes);
  WriteRows(db, kInsertSteps, changes.steps, AppendStep);
  WriteRows(db, kInsertReports, changes.reports, AppendReport);
  WriteContactRefusals(db, changes.contact_refusals);
  WriteLateReports(db, changes.late_reports);
  WriteRows(db, kInsertAsks, changes.asks, AppendAsk);
  WriteRows(db, kInsertLinks, changes.links, AppendLink);
  WriteStepTexts(db, sealer_, changes.texts);
  std::vector<platform::EventRef> refs;
  refs.reserve(changes.steps.size());
  for (const Step& step : changes.steps) {
    refs.push_back({step.shop, step.case_id.value, step.sequence});
  }
  if (!refs.empty()) {
    platform::AppendOutbox(db, ids_.Next(), changes.steps.back().applied_at, refs);
  }
}

}  // namespace redress::aftersales
