// The steps of the database against what the clients recorded.

#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/aftersales/v1/settlement_service.pb.h>
#include <redress/aftersales/v1/warehouse_service.pb.h>

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "services/aftersales/store/step_rows.h"
#include "tests/chaos/checks.h"
#include "tests/chaos/root_connection.h"
#include "tests/support/figure.h"

namespace redress::chaos {
namespace {

namespace v1 = redress::aftersales::v1;
using aftersales::Origin;
using aftersales::Step;

constexpr char kSelectSteps[] =
    "SELECT s.shop_id, " REDRESS_STEP_COLUMNS
    " FROM redress_aftersales.steps s ORDER BY s.shop_id, s.case_id, s.sequence";

struct Found {
  std::string case_id;
  std::uint32_t sequence = 0;
  std::string to_state;
};
using ByRequest = std::map<std::pair<Origin, std::string>, std::vector<Found>>;

// What a call says that its step left behind; `state` and `version` as far as it says so.
struct Acknowledged {
  std::string case_id;
  std::string state;
  std::uint32_t version = 0;
};

Origin OriginOf(const CallRecord& record) {
  return record.Request<v1::ReportTaskRequest>() != nullptr ? Origin::kWarehouse : Origin::kClient;
}

bool MakesAStep(const CallRecord& record) {
  return record.Request<v1::OpenRefundRequest>() != nullptr ||
         record.Request<v1::ApplyStepRequest>() != nullptr ||
         record.Request<v1::AssignCaseRequest>() != nullptr ||
         record.Request<v1::ReportTaskRequest>() != nullptr ||
         record.Request<v1::RecordSettlementResultRequest>() != nullptr;
}

Acknowledged ReadAnswer(const CallRecord& record) {
  const auto of_case = [](const v1::Case& one) {
    return Acknowledged{one.case_id(), one.state(), one.version()};
  };
  if (const auto* answer = record.Answer<v1::OpenRefundResponse>()) return of_case(answer->case_());
  if (const auto* answer = record.Answer<v1::ApplyStepResponse>()) return of_case(answer->case_());
  if (const auto* answer = record.Answer<v1::AssignCaseResponse>()) return of_case(answer->case_());
  if (const auto* answer = record.Answer<v1::ReportTaskResponse>()) {
    return {answer->task().case_id(), answer->task().case_state(), 0};
  }
  if (const auto* answer = record.Answer<v1::RecordSettlementResultResponse>()) {
    return {answer->settlement().case_id(), "", 0};
  }
  return {};
}

// Verifies each case's chain on the way.
ByRequest ReadSteps(e2e::Stack& stack, Violations& violations) {
  platform::Connection database(RootOf(stack));
  platform::Result rows = database.Query(kSelectSteps);
  ByRequest found;
  std::vector<Step> history;
  const auto verify = [&] {
    if (history.empty()) return;
    if (const std::uint32_t broken = aftersales::VerifyChain(history); broken != 0) {
      violations.Add("a hash chain is broken", "case " + ToString(history.front().case_id) +
                                                   " at step " + std::to_string(broken));
    }
    history.clear();
  };
  while (rows.Next()) {
    Step step = aftersales::ReadStep(rows);
    if (!history.empty() && history.front().case_id != step.case_id) verify();
    found[{step.origin, step.request_id}].push_back(
        {ToString(step.case_id), step.sequence, step.to_state});
    history.push_back(std::move(step));
  }
  verify();
  return found;
}

void CheckAcknowledged(const CallRecord& record, const std::vector<Found>& steps,
                       Violations& violations) {
  if (steps.size() != 1) {
    violations.Add(steps.empty() ? "an acknowledged step is lost" : "a step was taken twice",
                   record.Describe());
    return;
  }
  const Found& step = steps.front();
  const Acknowledged told = ReadAnswer(record);
  const bool same = step.case_id == told.case_id &&
                    (told.state.empty() || step.to_state == told.state) &&
                    (told.version == 0 || step.sequence == told.version);
  if (!same) {
    violations.Add("a step is not as it was acknowledged",
                   record.Describe() + ": told " + told.case_id + " " + told.state + " " +
                       std::to_string(told.version) + ", found " + step.case_id + " " +
                       step.to_state + " " + std::to_string(step.sequence));
  }
}

// Nobody but the timer and the clerk itself moves a clerk's case.
void CheckConflict(const CallRecord& record, const std::set<std::string>& timed,
                   Violations& violations) {
  const auto* applied = record.Request<v1::ApplyStepRequest>();
  const auto* assigned = record.Request<v1::AssignCaseRequest>();
  const std::string case_id = applied != nullptr    ? applied->case_id()
                              : assigned != nullptr ? assigned->case_id()
                                                    : "";
  if (timed.count(case_id) == 0) violations.Add("a legal call was refused", record.Describe());
}

bool MadeByItself(Origin origin, const std::string& request_id) {
  return origin == Origin::kLink ||
         (origin == Origin::kTimer &&
          (request_id.starts_with("deadline:") || request_id.starts_with("warning:")));
}

}  // namespace

void CheckSteps(e2e::Stack& stack, const Journal& journal, Violations& violations) {
  const ByRequest steps = ReadSteps(stack, violations);
  std::set<std::string> timed;
  for (const auto& [request, made] : steps) {
    if (request.first == Origin::kTimer) timed.insert(made.front().case_id);
  }
  std::set<std::pair<Origin, std::string>> asked_for;
  for (const CallRecord& record : journal.records()) {
    if (!MakesAStep(record)) continue;
    const auto found = steps.find({OriginOf(record), record.request_id});
    const std::vector<Found> none;
    const std::vector<Found>& made = found == steps.end() ? none : found->second;
    switch (record.outcome) {
      case CallRecord::Outcome::kAnswered:
        asked_for.emplace(OriginOf(record), record.request_id);
        CheckAcknowledged(record, made, violations);
        break;
      case CallRecord::Outcome::kRefused:
        if (!made.empty()) violations.Add("a refused call left a step", record.Describe());
        if (record.version_conflict && record.expect == Expect::kAnswer) {
          CheckConflict(record, timed, violations);
        }
        break;
      case CallRecord::Outcome::kUnknown:
        violations.Add("an outcome is still unknown", record.Describe());
        break;
    }
  }
  for (const auto& [request, made] : steps) {
    if (MadeByItself(request.first, request.second) || asked_for.count(request) != 0) continue;
    violations.Add("a step that nobody was told of", request.second + ": case " +
                                                         made.front().case_id + " step " +
                                                         std::to_string(made.front().sequence));
  }
}

void CheckHistories(e2e::Shop& shop, Violations& violations) {
  v1::VerifyCasesRequest request;
  int intact = 0;
  do {
    const auto page = shop.As("auditor").Call<v1::VerifyCasesResponse>(request);
    for (const auto& one : page.verifications()) {
      if (one.intact() && one.steps_replayed() == one.steps()) {
        ++intact;
      } else {
        violations.Add("a case's steps lead to its row", one.ShortDebugString());
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  test::Figure("kill_histories_intact", intact);
}

}  // namespace redress::chaos
