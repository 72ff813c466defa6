// What the stepper answers, and in which order: repeat, version, refusal.

#include "services/aftersales/domain/stepper.h"

#include <gtest/gtest.h>

#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;
namespace refund = workflows::refund;

const Refusal& RefusalIn(const Verdict& verdict) { return std::get<Refusal>(verdict); }

TEST(Stepper, OpensACaseWithItsFirstStepAndADeadline) {
  Desk desk;
  const Answer answer = desk.Apply(desk.Open(1000));
  EXPECT_EQ(answer.after.state, "Requested");
  EXPECT_EQ(answer.after.version, 1u);
  EXPECT_EQ(answer.after.Armed().deadline_rule, "seller_answers");
  EXPECT_EQ(answer.after.Armed().deadline_condition, "in_transit_refund_only");
  EXPECT_EQ(answer.after.due_at, answer.after.opened_at + 36LL * 3600 * 1'000'000);
  EXPECT_EQ(desk.steps.at(0).event, "open");
  EXPECT_EQ(desk.steps.at(0).from_state, "");
  EXPECT_EQ(desk.Line().ceiling, 3000);
}

TEST(Stepper, RefusesAnOpeningThatTheLineDoesNotAllow) {
  Desk desk;
  EXPECT_EQ(desk.Reason(desk.Open(3001)), "ABOVE_LINE_CEILING");
  auto many = desk.Open(10);
  std::get<OpenCase>(many->body).quantity = 4;
  EXPECT_EQ(desk.Reason(std::move(many)), "QUANTITY_OUT_OF_RANGE");
  auto dollars = desk.Open(10);
  std::get<OpenCase>(dollars->body).currency = "USD";
  EXPECT_EQ(desk.Reason(std::move(dollars)), "CURRENCY_MISMATCH");
  desk.line_facts.paid_at = 0;
  EXPECT_EQ(desk.Reason(desk.Open(10)), "ORDER_NOT_PAID");
  EXPECT_TRUE(desk.steps.empty());
  EXPECT_TRUE(desk.rows.ledger.empty());
}

TEST(Stepper, AnswersARepeatWithTheFirstAnswerWhateverHappenedSince) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto approve = desk.Fire(refund::Approve{1000});
  const Verdict first = desk.Decide(*approve);
  auto settle = desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}});
  desk.Apply(std::move(settle));
  approve->needs_version = true;
  approve->version = 1;  // long gone: a repeat is answered before versions are compared
  const Verdict again = desk.Decide(*approve);
  ASSERT_TRUE(std::holds_alternative<Answer>(again));
  EXPECT_TRUE(std::get<Answer>(again).repeated);
  EXPECT_EQ(std::get<Answer>(again).after.state, std::get<Answer>(first).after.state);
  EXPECT_EQ(desk.steps.size(), 3u);
}

TEST(Stepper, RefusesARequestIdThatWasUsedForSomethingElse) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto approve = desk.Fire(refund::Approve{1000});
  auto other = desk.Fire(refund::Approve{900});
  other->request_id = approve->request_id;
  desk.Decide(*approve);
  const Verdict verdict = desk.Decide(*other);
  EXPECT_EQ(RefusalIn(verdict).code(), Code::kInvalidArgument);
  EXPECT_EQ(RefusalIn(verdict).reason(), "REQUEST_ID_REUSED");
}

TEST(Stepper, KeepsTheRequestIdsOfOriginsApart) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto client = desk.Fire(refund::Approve{1000});
  client->request_id = "deadline:11:1";
  desk.Apply(std::move(client));
  auto timer = desk.Fire(refund::DeadlineReached{2});
  timer->origin = Origin::kTimer;
  timer->request_id = "deadline:11:1";
  timer->sender = {};
  timer->sender.kind = refund::ActorKind::kTimeout;
  EXPECT_FALSE(desk.Apply(std::move(timer)).repeated);
}

TEST(Stepper, SaysAbortedWithTheCurrentVersionBeforeItSaysWhatIsNotLegal) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto follow_up = desk.Fire(refund::RecordFollowUp{5});  // not legal in Requested either
  follow_up->needs_version = true;
  follow_up->version = 9;
  const Verdict verdict = desk.Decide(*follow_up);
  EXPECT_EQ(RefusalIn(verdict).code(), Code::kAborted);
  EXPECT_EQ(RefusalIn(verdict).metadata().at("current_version"), "1");
}

TEST(Stepper, NamesWhatTheMachineExpectedAndFound) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto follow_up = desk.Fire(refund::RecordFollowUp{5});
  const Verdict illegal = desk.Decide(*follow_up);
  EXPECT_EQ(RefusalIn(illegal).code(), Code::kFailedPrecondition);
  EXPECT_EQ(RefusalIn(illegal).reason(), "NOT_LEGAL_IN_STATE");
  auto too_much = desk.Fire(refund::Approve{1001});
  const Verdict guarded = desk.Decide(*too_much);
  EXPECT_EQ(RefusalIn(guarded).reason(), "ABOVE_AMOUNT_ASKED");
  EXPECT_FALSE(RefusalIn(guarded).metadata().at("expected").empty());
  EXPECT_EQ(RefusalIn(guarded).metadata().at("found"), "1001");
}

TEST(Stepper, DoesNotRememberWhatItRefused) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto follow_up = desk.Fire(refund::RecordFollowUp{5});
  desk.Decide(*follow_up);
  desk.Apply(desk.Fire(refund::Approve{1000}));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  EXPECT_TRUE(std::holds_alternative<Answer>(desk.Decide(*follow_up)));
  EXPECT_EQ(desk.Now().state, "Completed");
}

TEST(Stepper, DecidesSeveralCommandsOfOneCaseOneAfterAnother) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto first = desk.Fire(refund::Approve{1000});
  auto second = desk.Fire(refund::Approve{1000});
  auto third = desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}});
  const auto verdicts = desk.Decide({first.get(), second.get(), third.get()});
  EXPECT_TRUE(std::holds_alternative<Answer>(verdicts[0]));
  EXPECT_EQ(RefusalIn(verdicts[1]).reason(), "NOT_LEGAL_IN_STATE");
  EXPECT_EQ(std::get<Answer>(verdicts[2]).after.state, "FollowingUp");
  EXPECT_EQ(desk.Now().version, 3u);
}

TEST(Stepper, HoldsTheLimitOverSeveralCasesOfOneBatch) {
  Desk desk;
  std::vector<std::unique_ptr<Command>> opens, approvals;
  for (std::uint64_t i = 1; i <= 8; ++i) desk.Apply(desk.Open(1000, CaseId{i}));
  std::vector<Command*> batch;
  for (std::uint64_t i = 1; i <= 8; ++i) {
    approvals.push_back(desk.Fire(refund::Approve{1000}, CaseId{i}));
    batch.push_back(approvals.back().get());
  }
  int applied = 0;
  for (const Verdict& verdict : desk.Decide(batch)) {
    if (std::holds_alternative<Answer>(verdict)) {
      ++applied;
    } else {
      EXPECT_EQ(RefusalIn(verdict).reason(), "NOTHING_OWED");
      EXPECT_EQ(RefusalIn(verdict).metadata().at("remedy"), "compensation");
    }
  }
  EXPECT_EQ(applied, 3);
  EXPECT_EQ(desk.Line().reserved, 3000);
}

TEST(Stepper, IgnoresADeadlineThatIsNoLongerArmed) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Approve{1000}));
  const std::size_t before = desk.steps.size();
  const Answer answer = desk.Apply(desk.Fire(refund::DeadlineReached{1}));
  EXPECT_TRUE(answer.ignored);
  EXPECT_EQ(desk.steps.size(), before);
}

TEST(Stepper, FiresADeadlineAsTheTimeoutAndNamesTheRule) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto timer = desk.Fire(refund::DeadlineReached{1});
  timer->origin = Origin::kTimer;
  timer->sender = {};
  timer->sender.kind = refund::ActorKind::kTimeout;
  const Answer answer = desk.Apply(std::move(timer));
  EXPECT_EQ(answer.after.state, "Settling");
  EXPECT_EQ(desk.steps.back().deadline_rule, "seller_answers");
  EXPECT_EQ(desk.steps.back().actor_kind, refund::ActorKind::kTimeout);
}

TEST(Stepper, WarnsOnceAndRaisesThePriority) {
  Desk desk;
  const Answer opened = desk.Apply(desk.Open(1000));
  ASSERT_GT(opened.after.warn_at, 0);
  const Answer warned = desk.Apply(desk.Make(WarnSupervisor{1}));
  EXPECT_EQ(warned.after.priority, opened.after.priority - 1);
  EXPECT_EQ(warned.after.warn_at, 0);
  EXPECT_EQ(warned.after.due_at, opened.after.due_at);
  EXPECT_TRUE(desk.Apply(desk.Make(WarnSupervisor{1})).ignored);
  EXPECT_TRUE(desk.Apply(desk.Make(WarnSupervisor{2})).ignored);
}

TEST(Stepper, GivesAStepATimeAfterTheOneBefore) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.now_us -= 5'000'000;  // the clock was put back
  desk.Apply(desk.Fire(refund::Approve{1000}));
  EXPECT_EQ(desk.steps.at(1).applied_at, desk.steps.at(0).applied_at + 1);
}

TEST(Stepper, SaysNotFoundForAnotherShopsCase) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto approve = desk.Fire(refund::Approve{1000});
  approve->shop = ShopId{8};
  EXPECT_EQ(RefusalIn(desk.Decide(*approve)).code(), Code::kNotFound);
}

TEST(Stepper, SettlesOnceAndMovesTheReservation) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Approve{1000}));
  EXPECT_EQ(desk.Line().reserved, 1000);
  EXPECT_EQ(desk.rows.settlements.at({Desk::kShop, Desk::kCase}).amount, 1000);
  const Answer paid = desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  EXPECT_EQ(paid.settlement->state, SettlementState::kSettled);
  EXPECT_EQ(paid.settlement->payment_reference, "bank-1");
  EXPECT_EQ(desk.Line().reserved, 0);
  EXPECT_EQ(desk.Line().settled, 1000);
  EXPECT_EQ(desk.steps.back().outcome, "settled");
  EXPECT_EQ(desk.steps.back().settled_minor, 1000);
  EXPECT_EQ(desk.Reason(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-2", ""}})),
            "NOT_LEGAL_IN_STATE");
}

TEST(Stepper, ReconcilesAnUnknownPaymentBeforeItIsTriedAgain) {
  Desk desk;
  desk.policy.sends_payments = true;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Approve{1000}));
  const auto settlement = [&]() -> const Settlement& {
    return desk.rows.settlements.at({Desk::kShop, Desk::kCase});
  };
  EXPECT_EQ(settlement().command, SettlementCommand::kPay);
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kUnknown, "", "no answer"}}));
  EXPECT_EQ(settlement().state, SettlementState::kUnknown);
  EXPECT_EQ(settlement().command, SettlementCommand::kQuery);
  EXPECT_EQ(settlement().attempts, 1u);
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kFailed, "", "was not paid"}}));
  EXPECT_EQ(desk.steps.back().event, "reconcile_settlement");
  EXPECT_EQ(settlement().attempts, 2u);
  EXPECT_EQ(settlement().command, SettlementCommand::kPay);
}

std::unique_ptr<Command> BySupervisor(std::unique_ptr<Command> command) {
  command->sender.account = Desk::kSupervisor;
  command->sender.is_supervisor = true;
  return command;
}

std::vector<std::string> OutcomesOf(const Desk& desk) {
  std::vector<std::string> outcomes;
  for (const Step& step : desk.steps) {
    if (!step.outcome.empty()) outcomes.push_back(step.event + ": " + step.outcome);
  }
  return outcomes;
}

using Outcomes = std::vector<std::string>;

TEST(Rulings, ForTheShopAreTheOutcomeWhereTheyCloseTheCase) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Reject{}));
  desk.Apply(desk.Fire(refund::EscalateToPlatform{}));
  desk.Apply(BySupervisor(desk.Fire(refund::RuleForShop{})));
  EXPECT_EQ(desk.Now().state, "Closed");
  EXPECT_EQ(OutcomesOf(desk), Outcomes{"rule_for_shop: ruled_for_shop"});
}

TEST(Rulings, ForTheShopAreTheOutcomeOnceTheGoodsAreSentBack) {
  Desk desk;
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Fire(refund::PlatformIntervened{}));
  desk.Apply(BySupervisor(desk.Fire(refund::RuleForShop{})));
  EXPECT_EQ(desk.Now().state, "SendingBack");
  EXPECT_EQ(OutcomesOf(desk), Outcomes{});
  desk.Apply(desk.Fire(refund::SendGoodsBack{"SF", "SF2"}));
  EXPECT_EQ(desk.Now().state, "Closed");
  EXPECT_EQ(OutcomesOf(desk), Outcomes{"send_goods_back: ruled_for_shop"});
}

TEST(Rulings, ForTheBuyerOverturnOneForTheShopWhileTheGoodsAreHere) {
  Desk desk;
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Fire(refund::PlatformIntervened{}));
  desk.Apply(BySupervisor(desk.Fire(refund::RuleForShop{})));
  desk.Apply(desk.Fire(refund::PlatformIntervened{}));
  desk.Apply(BySupervisor(desk.Fire(refund::RuleForBuyer{2000})));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  EXPECT_EQ(OutcomesOf(desk), Outcomes{"record_settled: settled"});
}

TEST(Rulings, AreNotMistakenForARefusalThatTheBuyerAccepted) {
  Desk desk;
  desk.ReturnUnderWay(2);
  desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  desk.Apply(desk.Report(GoodsInspected{0, "broken"}, "w2"));
  desk.Apply(desk.Fire(refund::AcceptRefusal{}));
  desk.Apply(desk.Fire(refund::SendGoodsBack{"SF", "SF2"}));
  EXPECT_EQ(desk.Now().state, "Closed");
  EXPECT_EQ(OutcomesOf(desk), Outcomes{});
}

void CompleteOne(Desk& desk) {
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Approve{1000}));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  desk.Apply(desk.Fire(refund::RecordFollowUp{5}));
}

TEST(Stepper, CallsNobodyToACaseThatHasEnded) {
  Desk desk;
  CompleteOne(desk);
  const std::size_t before = desk.steps.size();
  const CallPerson call{refund::PersonQueue::kSupervisors, "LINE_CEILING_LOWERED"};
  EXPECT_TRUE(desk.Apply(desk.Make(call)).ignored);
  EXPECT_EQ(desk.steps.size(), before);
  EXPECT_EQ(desk.Now().needs_person, "");
}

TEST(Stepper, AssignsNoCaseThatHasEnded) {
  Desk desk;
  CompleteOne(desk);
  EXPECT_EQ(desk.Reason(BySupervisor(desk.Make(AssignTo{Desk::kAgent}))), "CASE_FINAL");
  EXPECT_FALSE(desk.Now().assignee);
}

TEST(Stepper, RefusesThePaymentOfACaseThatHasNone) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  EXPECT_EQ(desk.Reason(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}})),
            "NO_SETTLEMENT");
}

std::unique_ptr<Command> FailedAttempt(Desk& desk, std::uint32_t attempts) {
  return desk.Make(RecordPayment{{PaymentResult::kFailed, "", "bank"}, attempts});
}

TEST(Payments, AreRecordedOncePerAttemptThatWasSeen) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  desk.Apply(desk.Fire(refund::Approve{1000}));
  auto first = FailedAttempt(desk, 1);
  EXPECT_EQ(std::get<Answer>(desk.Decide(*first)).settlement->attempts, 2u);
  const Verdict second = desk.Decide(*FailedAttempt(desk, 1));
  EXPECT_EQ(RefusalIn(second).code(), Code::kAborted);
  EXPECT_EQ(RefusalIn(second).metadata().at("current_attempts"), "2");
  EXPECT_EQ(desk.Now().Refund().failed_attempts, 1);
  EXPECT_TRUE(std::get<Answer>(desk.Decide(*first)).repeated);
  EXPECT_EQ(desk.Apply(FailedAttempt(desk, 2)).after.Refund().failed_attempts, 2);
}

TEST(Stepper, LetsAgentsTakeFreeCasesOnly) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  EXPECT_EQ(desk.Reason(desk.Make(AssignTo{AccountId{999}})), "SUPERVISOR_REQUIRED");
  EXPECT_EQ(desk.Apply(desk.Make(AssignTo{Desk::kAgent})).after.assignee, Desk::kAgent);
  auto colleague = desk.Make(AssignTo{AccountId{999}});
  colleague->sender.account = AccountId{999};
  EXPECT_EQ(desk.Reason(std::move(colleague)), "SUPERVISOR_REQUIRED");
  auto supervisor = desk.Make(AssignTo{AccountId{999}});
  supervisor->sender.is_supervisor = true;
  const Answer given = desk.Apply(std::move(supervisor));
  EXPECT_EQ(given.after.assignee, AccountId{999});
  EXPECT_EQ(given.after.state, "Requested");
  EXPECT_EQ(given.after.Armed().deadline_number, 1);
}

}  // namespace
}  // namespace redress::aftersales
