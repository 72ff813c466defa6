#pragma once

// Decides a batch of commands over the rows that they touch. Pure: the same commands, rows, time
// and policy give the same changes (ids aside), so that a lost transaction is simply decided again.
//
// Commands are decided in order, several of one case one after another. Each gets, first of all
// that apply: the answer of the step that its request_id already made; INVALID_ARGUMENT
// (REQUEST_ID_REUSED) when that step was asked for by another actor or with other content;
// NOT_FOUND; ABORTED with the current version; the machine's refusal as FAILED_PRECONDITION; or a
// new step. A refusal changes nothing and is not remembered.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "services/aftersales/domain/case_links.h"
#include "services/aftersales/domain/command.h"
#include "services/aftersales/domain/compensation_rules.h"
#include "services/aftersales/domain/deadline_rules.h"
#include "services/aftersales/domain/review_rules.h"
#include "services/aftersales/domain/step.h"

namespace redress::aftersales {

using CaseKey = std::pair<ShopId, CaseId>;
using TaskKey = std::pair<ShopId, TaskId>;
using LineKey = std::pair<ShopId, LineId>;
using CustomerKey = std::pair<ShopId, CustomerId>;
using CompensationKey = std::tuple<ShopId, CaseId, std::uint32_t>;
using BudgetKey = std::tuple<ShopId, std::int32_t, AccountId>;  // the month
using RequestKey = std::tuple<ShopId, Origin, std::string>;

struct EarlierStep {
  Digest digest{};
  Answer answer;
};

// The rows of a batch, all locked but `earlier`. Maps are sorted by shop and id: the order in which
// rows are locked everywhere.
struct LoadedBatch {
  std::map<CaseKey, Case> cases;
  std::map<TaskKey, WarehouseTask> tasks;  // open tasks of the cases, and tasks reported on
  std::map<LineKey, LedgerRow> ledger;
  std::map<CaseKey, Settlement> settlements;
  std::map<CompensationKey, Compensation> compensations;
  std::map<BudgetKey, CompensationBudget> budgets;
  std::map<RequestKey, EarlierStep> earlier;
  // Of the reviews' customers, those who asked in any case not to be contacted.
  std::set<CustomerKey> contact_refusals;
};

// What the shop decides, and the service's configuration. Valid for one batch.
class StepperPolicy {
 public:
  virtual ~StepperPolicy() = default;
  virtual const DeadlineRules& RulesOf(ShopId shop) const = 0;
  // Custom-made, fresh, digital or opened goods, by the shop's setting.
  virtual bool IsNonReturnable(const LedgerRow& line) const = 0;
  virtual std::int32_t SettlementAttempts(ShopId shop) const = 0;
  // Whether the shop's list of root causes names it.
  virtual bool IsRootCause(ShopId shop, std::string_view root_cause) const = 0;
  // Whether an adapter carries this command out; none where people make payments.
  virtual bool Sends(SettlementCommand command) const = 0;
  // How urgent a case is, raises aside; see triage.h.
  virtual TriagePoints Triage(ShopId shop, const TriageFacts& facts) const = 0;
  // What the shop's rules on reviews say at this moment.
  virtual ReviewRules Reviews(ShopId shop, std::int64_t now_us) const = 0;
  // What the shop says about compensations.
  virtual const CompensationRules& Compensations(ShopId shop) const = 0;
  virtual std::uint64_t NextId() const = 0;
  // Of a linked case that the step opens.
  virtual CaseId NextCaseId() const { return CaseId{NextId()}; }
};

struct TextRow {
  ShopId shop;
  CaseId case_id;
  std::uint32_t sequence = 0;
  CustomerId customer;
  OrderId order;
  StepText text;
};
struct ReportRow {
  ShopId shop;
  std::string wms_reference;
  TaskId task;
  CaseId case_id;
  std::uint32_t sequence = 0;
  TaskReport report;
  AccountId reported_by;
  std::int64_t reported_at = 0;
};

// A customer asked not to be contacted. The first time counts; it is never taken back.
struct ContactRefusal {
  ShopId shop;
  CustomerId customer;
  CaseId case_id;
  std::uint32_t sequence = 0;
  std::int64_t refused_at = 0;
};

// A report on a case that had ended, which a person has to look at: a warehouse's, or that a
// compensation failed.
struct LateReport {
  ShopId shop;
  CaseId case_id;
  std::uint32_t sequence = 0;
  TaskId task;  // 0: no warehouse's
  std::string reason;
  std::int64_t reported_at = 0;
};

struct Changes {
  std::vector<Case> cases;
  std::vector<Step> steps;
  std::vector<TextRow> texts;
  std::vector<WarehouseTask> tasks;
  std::vector<LedgerRow> ledger;
  std::vector<Settlement> settlements;
  std::vector<ReportRow> reports;
  std::vector<ContactRefusal> contact_refusals;
  std::vector<LateReport> late_reports;
  std::vector<Compensation> compensations;
  std::vector<CompensationBudget> budgets;
  std::vector<CaseAsk> asks;
  std::vector<CaseLink> links;  // one direction of each

  bool empty() const { return steps.empty() && ledger.empty(); }
};

struct Decision {
  Changes changes;               // the last state of each changed row
  std::vector<Verdict> results;  // one per command
};

Decision Decide(std::span<Command* const> commands, LoadedBatch rows, const StepperPolicy& policy,
                std::int64_t now_us);

}  // namespace redress::aftersales
