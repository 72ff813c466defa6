// Histories of many kinds, made by chance: whatever the stepper writes is intact, and whatever is
// altered in it is found.

#include <gtest/gtest.h>

#include <random>

#include "services/aftersales/domain/history_check.h"
#include "services/platform/base/clock.h"
#include "tests/support/figure.h"
#include "tests/unit/aftersales/desk.h"
#include "tests/unit/aftersales/verified.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;

// One case driven by chance; refusals are part of it. The same seed drives the same way.
class Walk {
 public:
  explicit Walk(std::uint32_t seed) : random_(seed) {
    desk.line_facts.ceiling = Pick<std::int64_t>({3000, 1500, 900});
    desk.line_facts.shipping =
        Pick({refund::OrderShipping::kUnshipped, refund::OrderShipping::kShipped,
              refund::OrderShipping::kReceived});
    auto open = desk.Open(Pick<std::int64_t>({900, 500}), Desk::kCase,
                          Pick({refund::Variant::kRefundOnly, refund::Variant::kReturnAndRefund,
                                refund::Variant::kReturnAndRefund, refund::Variant::kExchange,
                                refund::Variant::kReship, refund::Variant::kPriceDifference}));
    auto& body = std::get<OpenCase>(open->body);
    body.quantity = Pick({1, 2, 3});
    if (OneIn(3)) body.platform_refund_id = "P-1";
    desk.Apply(std::move(open));
  }

  void Go(int moves) {
    for (int i = 0; i < moves && !desk.Now().final; ++i) Move();
  }

  Desk desk;

 private:
  template <class T>
  T Pick(std::initializer_list<T> choices) {
    return *(choices.begin() + static_cast<std::ptrdiff_t>(random_() % choices.size()));
  }
  bool OneIn(unsigned chances) { return random_() % chances == 0; }

  void Move() {
    ChangeTheWorld();
    std::unique_ptr<Command> command = Choose();
    if (command->sender.kind == refund::ActorKind::kPerson && OneIn(2)) {
      command->sender.account = Desk::kSupervisor;
      command->sender.is_supervisor = true;
    }
    if (OneIn(3)) {
      command->sender.unlimited = false;
      command->sender.amount_limit = 600;
    }
    desk.now_us += Pick<std::int64_t>({0, platform::kSecondUs, 3600 * platform::kSecondUs});
    desk.Decide(*command);
  }

  void ChangeTheWorld() {
    desk.policy.non_returnable = OneIn(4);
    desk.policy.rules = OneIn(2) ? DeadlineRules()
                                 : DeadlineRules({{"settlement", "", 0, 90, 45, 30, true},
                                                  {"inspection", "", 0, 60, 60, 60, true}});
    desk.policy.triage.amount_high = Pick<std::int64_t>({0, 500});
    desk.policy.triage.due_soon_hours = Pick<std::int64_t>({0, 48});
    desk.policy.triage.platform_points = Pick<std::uint8_t>({1, 0, 2});
    desk.policy.triage.urgent_kinds = Pick({"refund", "dispute"});
    if (!OneIn(4)) return;
    ++desk.line_facts.order_version;
    if (OneIn(2)) desk.line_facts.shipping = refund::OrderShipping::kShipped;
    desk.line_facts.ceiling = Pick<std::int64_t>({3000, 1000, 400});
    BringUpToDate(desk.rows.ledger.at({Desk::kShop, Desk::kLine}), desk.line_facts, desk.now_us);
  }

  std::unique_ptr<Command> Choose() {
    switch (random_() % 11) {
      case 0:
        return desk.Make(AssignTo{OneIn(2) ? Desk::kAgent : AccountId{}});
      case 1:
        return desk.Make(WarnSupervisor{desk.Now().Armed().deadline_number});
      case 2:
        return desk.Make(CallPerson{refund::PersonQueue::kFinance,
                                    std::string(Pick({"LOOK_AT_IT", "REMINDED"}))});
      case 3:
        return desk.Make(RecordPayment{
            {Pick({PaymentResult::kSettled, PaymentResult::kFailed, PaymentResult::kFailed,
                   PaymentResult::kFailedForGood, PaymentResult::kUnknown}),
             OneIn(2) ? "bank-1" : "", OneIn(2) ? "closed" : ""}});
      case 4:
      case 5:
        return ChooseReport();
      case 6:
        return desk.Make(
            PlatformDeadline{desk.now_us + Pick<std::int64_t>({1, 7, 3600}) * 1'234'567,
                             desk.Now().Armed().deadline_number});
      default:
        return ChooseEvent();
    }
  }

  std::unique_ptr<Command> ChooseReport() {
    const Case& now = desk.Now();
    const TaskId other = now.outbound_task ? now.outbound_task : now.intercept_task;
    const TaskId back = now.send_back_task ? now.send_back_task : other;
    const TaskId id = now.inbound_task ? now.inbound_task : back;
    if (!id) return ChooseEvent();
    Claim(desk.Task(id), Desk::kWarehouse, desk.now_us + 4000 * platform::kSecondUs, desk.now_us);
    const int quantity = Pick({0, 1, 2, 3});
    const TaskReport report = Pick<TaskReport>(
        {GoodsReceived{quantity}, GoodsReceived{quantity}, GoodsInspected{quantity, "worn"},
         GoodsInspected{quantity, ""}, WorkFailed{"lost"}, GoodsShipped{"SF", "SF9"}, GoodsPacked{},
         ParcelIntercepted{OneIn(2)}});
    auto command = desk.Report(report, "w" + std::to_string(++reports_));
    std::get<ReportOnTask>(command->body).task = id;
    return command;
  }

  std::unique_ptr<Command> ChooseEvent() {
    const std::int64_t amount = Pick<std::int64_t>({900, 500, 400, 100});
    const refund::RefundEvent event = Pick<refund::RefundEvent>(
        {refund::Approve{amount},
         refund::Approve{amount},
         refund::ApproveLarge{},
         refund::SendBackForRework{},
         refund::Reject{},
         refund::ReviseRequest{amount, 1, refund::Variant::kRefundOnly},
         refund::ReviseRequest{amount, 2, refund::Variant::kReturnAndRefund},
         refund::Withdraw{},
         refund::ShipReturn{"SF", "SF1", refund::Shipping::kPost},
         refund::ShipReturn{"SF", "SF2", refund::Shipping::kExpress},
         refund::ReceiveGoods{},
         refund::PassInspection{},
         refund::FailInspection{},
         refund::PassInspectionInPart{amount},
         refund::AcceptPartialOffer{amount},
         refund::AcceptRefusal{},
         refund::EscalateToPlatform{},
         refund::SendGoodsBack{"YT", "YT1"},
         refund::ReviseRequest{amount, 1, refund::Variant::kReship},
         refund::ShipReplacement{"YT", "YT2"},
         refund::SignForReplacement{},
         refund::RecordReplacementLost{},
         refund::ConvertToRefund{amount},
         refund::RecordOrderShipped{},
         refund::RecordInterception{true},
         refund::RecordInterception{false},
         refund::RuleForBuyer{amount, refund::Remedy::kReplacement},
         refund::RetrySettlement{},
         refund::RecordFollowUp{4},
         refund::RuleForBuyer{amount},
         refund::RuleForShop{},
         refund::EndDispute{},
         refund::JoinDispute{amount, 77},
         refund::DeadlineReached{desk.Now().Armed().deadline_number},
         refund::DeadlineReached{desk.Now().Armed().deadline_number},
         refund::PlatformClosed{},
         refund::PlatformSucceeded{amount},
         refund::PlatformAgreed{amount},
         refund::PlatformRefused{},
         refund::PlatformIntervened{}});
    // What ends a case at once, or takes it out of the shop's hands, would leave most walks short.
    const bool is_rare = std::holds_alternative<refund::Withdraw>(event) ||
                         std::holds_alternative<refund::PlatformClosed>(event) ||
                         std::holds_alternative<refund::PlatformAgreed>(event) ||
                         std::holds_alternative<refund::PlatformRefused>(event) ||
                         std::holds_alternative<refund::PlatformIntervened>(event) ||
                         std::holds_alternative<refund::JoinDispute>(event) ||
                         std::holds_alternative<refund::PlatformSucceeded>(event);
    if (is_rare && !OneIn(8)) return ChooseEvent();
    auto command = desk.Fire(event);
    command->sender.kind =
        Pick({refund::ActorKind::kPerson, refund::ActorKind::kPerson, refund::ActorKind::kTimeout,
              refund::ActorKind::kPlatform, refund::ActorKind::kService, refund::ActorKind::kLink});
    return command;
  }

  std::mt19937 random_;
  int reports_ = 0;
};

HistoryReport Verify(std::span<const Step> steps, const Case& row) {
  return VerifyAs(kRefundKind, steps, row);
}

TEST(HistoryWalks, WhatTheStepperWroteIsIntact) {
  std::map<std::string, int> events;
  for (std::uint32_t seed = 1; seed <= 6000; ++seed) {
    Walk walk(seed);
    walk.Go(40);
    const HistoryReport report = Verify(walk.desk.steps, walk.desk.Now());
    ASSERT_TRUE(report.intact()) << "seed " << seed << "\n" << Told(report);
    EXPECT_EQ(report.steps_replayed, walk.desk.steps.size());
    for (const Step& step : walk.desk.steps) ++events[step.event];
  }
  // Every event of the machine, and the six steps that are none.
  std::string taken;
  for (const auto& [event, count] : events) taken += event + " ";
  EXPECT_EQ(events.size(), std::variant_size_v<refund::RefundEvent> + 6) << taken;
  int steps = 0;
  for (const auto& [event, count] : events) steps += count;
  test::Figure("history_steps_replayed_exactly", steps);
}

TEST(HistoryWalks, AStepThatWasLeftOutIsFound) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    Walk walk(seed);
    walk.Go(12);
    for (std::size_t out = 0; out < walk.desk.steps.size(); ++out) {
      std::vector<Step> steps = walk.desk.steps;
      steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(out));
      EXPECT_FALSE(Verify(steps, walk.desk.Now()).intact()) << "seed " << seed << " step " << out;
    }
  }
}

}  // namespace
}  // namespace redress::aftersales
