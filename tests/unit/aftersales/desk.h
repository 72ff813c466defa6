#pragma once

// The stepper without a database: rows in memory, commands one at a time or as a batch.

#include <memory>
#include <string>
#include <vector>

#include "services/aftersales/domain/stepper.h"

namespace redress::aftersales {

class FixedPolicy final : public StepperPolicy {
 public:
  const DeadlineRules& RulesOf(ShopId) const override { return rules; }
  bool IsNonReturnable(const LedgerRow&) const override { return non_returnable; }
  std::int32_t SettlementAttempts(ShopId) const override { return 3; }
  bool IsRootCause(ShopId, std::string_view cause) const override { return cause != "unlisted"; }
  bool Sends(SettlementCommand) const override { return sends_payments; }
  TriagePoints Triage(ShopId, const TriageFacts& facts) const override {
    return PointsOf(triage, facts);
  }
  ReviewRules Reviews(ShopId, std::int64_t) const override { return reviews; }
  const CompensationRules& Compensations(ShopId) const override { return compensations; }
  std::uint64_t NextId() const override { return ++last_id; }

  DeadlineRules rules;
  TriageRules triage;
  ReviewRules reviews;
  CompensationRules compensations{{1000, 5000}, {3000, 9000}, "quality,other"};
  bool non_returnable = false;
  bool sends_payments = false;
  mutable std::uint64_t last_id = 1000;
};

class Desk {
 public:
  static constexpr ShopId kShop{7};
  static constexpr OrderId kOrder{70};
  static constexpr LineId kLine{700};
  static constexpr CaseId kCase{11};
  static constexpr AccountId kAgent{100};
  static constexpr AccountId kSupervisor{101};
  static constexpr AccountId kWarehouse{102};

  // A command of an agent without limit; request ids are made up unless given.
  std::unique_ptr<Command> Make(CommandBody body, CaseId of = kCase);
  std::unique_ptr<Command> Open(
      std::int64_t amount, CaseId of = kCase,
      workflows::refund::Variant variant = workflows::refund::Variant::kRefundOnly);
  std::unique_ptr<Command> OpenDispute(CaseId of = kCase);
  // A bad review of two stars, written a day ago.
  std::unique_ptr<Command> OpenReview(CaseId of = kCase);
  std::unique_ptr<Command> Fire(CaseEvent event, CaseId of = kCase);
  std::unique_ptr<Command> Report(TaskReport report, std::string reference);

  // Decides and keeps what was decided.
  std::vector<Verdict> Decide(std::vector<Command*> commands);
  Verdict Decide(Command& command) { return Decide(std::vector<Command*>{&command}).front(); }
  // Decides; fails the test when it was refused.
  Answer Apply(std::unique_ptr<Command> command);
  // The command that carries an ask to its case, as the inbox makes it.
  std::unique_ptr<Command> Carry(const CaseAsk& ask);
  // Decides; the refusal's reason, "" when there was none.
  std::string Reason(std::unique_ptr<Command> command);

  // A return and refund of two units worth 2000, approved and under way, claimed by kWarehouse.
  TaskId ReturnUnderWay(std::int32_t quantity = 2);

  const Case& Now(CaseId of = kCase) const { return rows.cases.at({kShop, of}); }
  const LedgerRow& Line() const { return rows.ledger.at({kShop, kLine}); }
  WarehouseTask& Task(TaskId id) { return rows.tasks.at({kShop, id}); }

  LineFacts line_facts;  // 3000 for 3 units, shipped, unless changed
  LoadedBatch rows;
  FixedPolicy policy;
  std::vector<Step> steps;
  std::vector<CaseAsk> asks;    // what steps asked of linked cases
  std::vector<CaseLink> links;  // that steps made
  std::vector<LateReport> late_reports;
  std::int64_t now_us = 1'760'000'000'000'000;

  Desk();

 private:
  int requests_ = 0;
};

}  // namespace redress::aftersales
