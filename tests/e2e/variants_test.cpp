// The refund's variants through the real processes: other goods instead of money, money without a
// return, and parcels that are to be stopped; each seen in the shop's figures.

#include <gtest/gtest.h>

#include <chrono>

#include "clients/cpp/call_error.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/figures.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

using std::chrono::seconds;

class Variants : public testing::Test {
 protected:
  // Of one case opened and `completed` of it; and what was paid for it against what was sold.
  void ExpectFigures(std::int64_t completed, std::int64_t refunded, std::int64_t sold) {
    const std::pair<std::int64_t, std::int64_t> rate(completed, 1), money(refunded, sold);
    EXPECT_TRUE(test::WaitFor(
        [&] {
          return FigureOf(shop_, "case_completion_rate", days_, "refund") == rate &&
                 FigureOf(shop_, "refund_rate", days_, "") == money;
        },
        seconds(20)))
        << completed << " completed, " << refunded << " refunded of " << sold;
  }

  std::string ReasonOf(const std::function<void()>& call) {
    try {
      call();
    } catch (const client::CallError& error) {
      return error.reason();
    }
    return "";
  }

  // Each as an argument list of the command line.
  void Run(const std::string& role, const std::vector<std::vector<std::string>>& commands) {
    const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf(role),
                                           "--shop", shop_.shop_id(), "--password-stdin"},
                                          shop_.PasswordOf(role) + "\n");
    ASSERT_EQ(login.exit_code, 0) << login.output;
    for (const auto& arguments : commands) {
      const Finished finished = stack_.Redress(arguments);
      EXPECT_EQ(finished.exit_code, 0) << finished.output;
    }
  }
  // The shop's newest case.
  std::string NewestCase() {
    aftersales::ListCasesRequest list;
    list.set_order(aftersales::CASE_ORDER_NEWEST);
    return shop_.As("agent").Call<aftersales::ListCasesResponse>(list).cases(0).case_id();
  }
  std::string OpenTask(const std::string& id) { return shop_.Claim(id).task_id(); }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
  Days days_ = Around(stack_.NowUs());
};

TEST_F(Variants, AnExchangeEndsWithTheReplacementAndNoMoney) {
  const std::string id = BringTo(shop_, aftersales::REFUND_VARIANT_EXCHANGE, "Reshipping");
  ExpectFigures(0, 0, kLinePaid);
  shop_.ShipReplacement(id);
  const aftersales::Case under_way = shop_.Get(id);
  EXPECT_EQ(under_way.state(), "Reshipping");
  EXPECT_EQ(under_way.replacement(), aftersales::REPLACEMENT_PROGRESS_SHIPPED);
  EXPECT_EQ(under_way.replacement_tracking_number(), "YT77");
  EXPECT_EQ(ReasonOf([&] {
              shop_.Apply("agent", id, [](auto& event) {
                event.mutable_convert_to_refund()->set_amount_minor(kLinePaid);
              });
            }),
            "REPLACEMENT_SHIPPED");
  shop_.Apply("integration", id, [](auto& event) { event.mutable_sign_for_replacement(); });
  EXPECT_EQ(shop_.Get(id).state(), "FollowingUp");
  ExpectFigures(1, 0, kLinePaid);
  shop_.FollowUp(id);
  const aftersales::Case done = shop_.Get(id);
  EXPECT_EQ(done.state(), "Completed");
  EXPECT_EQ(done.replacement(), aftersales::REPLACEMENT_PROGRESS_SIGNED);
  EXPECT_FALSE(done.has_amount_settled());
}

TEST_F(Variants, AReshipIsSentOnceMore) {
  const std::string id = BringTo(shop_, aftersales::REFUND_VARIANT_RESHIP, "Reshipping");
  shop_.ShipReplacement(id);
  shop_.Apply("agent", id, [](auto& event) { event.mutable_record_replacement_lost(); });
  EXPECT_EQ(shop_.Get(id).replacement(), aftersales::REPLACEMENT_PROGRESS_ORDERED);
  shop_.ShipReplacement(id);
  shop_.Apply("agent", id, [](auto& event) { event.mutable_sign_for_replacement(); });
  ExpectFigures(1, 0, kLinePaid);
}

TEST_F(Variants, AReshipIsTurnedIntoARefund) {
  const std::string id = BringTo(shop_, aftersales::REFUND_VARIANT_RESHIP, "Reshipping");
  const std::string task = shop_.Claim(id).task_id();
  shop_.Apply("agent", id,
              [](auto& event) { event.mutable_convert_to_refund()->set_amount_minor(90'00); });
  const aftersales::Case turned = shop_.Get(id);
  EXPECT_EQ(turned.state(), "Settling");
  EXPECT_EQ(turned.variant(), aftersales::REFUND_VARIANT_REFUND_ONLY);
  aftersales::GetTaskRequest asked;
  asked.set_task_id(task);
  EXPECT_EQ(shop_.As("warehouse").Call<aftersales::GetTaskResponse>(asked).task().state(),
            aftersales::TASK_STATE_CANCELLED);
  shop_.Settle(id);
  ExpectFigures(1, 90'00, kLinePaid);
}

TEST_F(Variants, APriceDifferenceIsMoneyOnly) {
  const std::string id =
      shop_.Open(shop_.PushOrder(), aftersales::REFUND_VARIANT_PRICE_DIFFERENCE, 15'00).case_id();
  shop_.Approve(id, 15'00);
  EXPECT_EQ(shop_.Get(id).state(), "Settling");
  shop_.Settle(id);
  ExpectFigures(1, 15'00, kLinePaid);
}

TEST_F(Variants, PostageIsRefundedOnItsOwnLine) {
  const order::Order order = shop_.PushUnshippedOrder();
  ASSERT_EQ(order.lines_size(), 2);
  EXPECT_EQ(ReasonOf([&] { shop_.Open(order, aftersales::REFUND_VARIANT_POSTAGE, 8'00); }),
            "VARIANT_NOT_FOR_LINE");
  aftersales::OpenRefundRequest request;
  request.set_order_id(order.order_id());
  request.set_line_id(order.lines(1).line_id());
  request.set_quantity(1);
  request.mutable_amount_asked()->set_currency_code("CNY");
  request.mutable_amount_asked()->set_minor_units(kPostagePaid);
  request.set_variant(aftersales::REFUND_VARIANT_POSTAGE);
  request.set_reason("late");
  const std::string id =
      shop_.As("agent").Call<aftersales::OpenRefundResponse>(std::move(request)).case_().case_id();
  shop_.Approve(id, kPostagePaid);
  shop_.Settle(id);
  ExpectFigures(1, kPostagePaid, kLinePaid + kPostagePaid);
}

TEST_F(Variants, AParcelThatWasPaidBackIsStopped) {
  const std::string id = AwaitShippedRefund(shop_);
  shop_.ReportIntercepted(id, aftersales::INTERCEPT_OUTCOME_CAUGHT);
  const aftersales::Case caught = shop_.Get(id);
  EXPECT_EQ(caught.interception(), aftersales::INTERCEPTION_PROGRESS_CAUGHT);
  EXPECT_EQ(caught.state(), "Settling");
  shop_.Settle(id);
  EXPECT_EQ(shop_.Get(id).amount_settled().minor_units(), kLinePaid);
}

TEST_F(Variants, AParcelThatCannotBeStoppedIsShownToASupervisor) {
  const order::Order order = shop_.PushShipped(shop_.PushUnshippedOrder());
  const std::string id = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  shop_.Approve(id);
  EXPECT_EQ(shop_.Get(id).interception(), aftersales::INTERCEPTION_PROGRESS_ASKED);
  shop_.ReportIntercepted(id, aftersales::INTERCEPT_OUTCOME_MISSED);
  EXPECT_EQ(shop_.Get(id).needs_person(), "INTERCEPTION_FAILED");
  shop_.Settle(id);
  EXPECT_EQ(shop_.Get(id).state(), "FollowingUp");
}

TEST_F(Variants, AreWorkedOnTheCommandLine) {
  const order::Order order = shop_.PushOrder();
  Run("agent", {{"case", "open", "--order", order.order_id(), "--quantity", "2", "--amount",
                 "100.00", "--variant", "reship", "--reason", "not_received"}});
  const std::string reship = NewestCase();
  Run("agent", {{"case", "apply", reship, "approve", "--amount", "100.00"}});
  const std::string task = OpenTask(reship);
  Run("warehouse",
      {{"warehouse", "report", "packed", task},
       {"warehouse", "report", "shipped", task, "--carrier", "YTO", "--tracking-number", "YT5"}});
  Run("agent", {{"case", "apply", reship, "record-replacement-lost"},
                {"case", "apply", reship, "convert-to-refund", "--amount", "99.00"}});
  EXPECT_EQ(shop_.Get(reship).state(), "Settling");
  EXPECT_EQ(shop_.Get(reship).amount_approved().minor_units(), 99'00);

  const std::string stopped = AwaitShippedRefund(shop_);
  Run("warehouse",
      {{"warehouse", "report", "intercepted", OpenTask(stopped), "--outcome", "caught"}});
  EXPECT_EQ(shop_.Get(stopped).interception(), aftersales::INTERCEPTION_PROGRESS_CAUGHT);
}

}  // namespace
}  // namespace redress::e2e
