// Money and coupons outside refunds, through all real processes and by the command line: offered,
// decided by somebody else, given, and never more than the month has.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/compensation_service.pb.h>
#include <redress/customer/v1/timeline_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include "clients/cpp/call_error.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/reviews.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

namespace customer = redress::customer::v1;

class Compensations : public testing::Test {
 protected:
  std::string NewCase() {
    return BringTo(shop_, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
  }
  aftersales::OfferCompensationRequest OfferOf(
      const std::string& case_id, std::int64_t amount,
      aftersales::CompensationKind kind = aftersales::COMPENSATION_KIND_MONEY) {
    const aftersales::Case of = shop_.Get(case_id);
    aftersales::OfferCompensationRequest request;
    request.set_request_id(Unique("offer"));
    request.set_case_id(case_id);
    request.set_version(of.version());
    request.set_kind(kind);
    request.mutable_amount()->set_currency_code("CNY");
    request.mutable_amount()->set_minor_units(amount);
    request.set_reason("quality");
    return request;
  }
  aftersales::Compensation Offer(const std::string& role,
                                 const aftersales::OfferCompensationRequest& request) {
    return shop_.As(role).Call<aftersales::OfferCompensationResponse>(request).compensation();
  }
  template <class Response, class Request>
  aftersales::Compensation Move(const std::string& role, const aftersales::Compensation& one,
                                Request request) {
    request.set_request_id(Unique("move"));
    request.set_case_id(one.case_id());
    request.set_number(one.number());
    request.set_version(one.version());
    return shop_.As(role).Call<Response>(request).compensation();
  }
  aftersales::Compensation Approve(const std::string& role, const aftersales::Compensation& one) {
    return Move<aftersales::ApproveCompensationResponse>(role, one,
                                                         aftersales::ApproveCompensationRequest());
  }
  aftersales::Compensation Begin(const std::string& role, const aftersales::Compensation& one) {
    return Move<aftersales::BeginCompensationResponse>(role, one,
                                                       aftersales::BeginCompensationRequest());
  }
  std::vector<aftersales::Compensation> Listed(
      const std::string& role, const aftersales::ListCompensationsRequest& request) {
    const auto listed = shop_.As(role).Call<aftersales::ListCompensationsResponse>(request);
    return {listed.compensations().begin(), listed.compensations().end()};
  }
  std::vector<aftersales::Compensation> Of(const std::string& role, const std::string& case_id) {
    aftersales::ListCompensationsRequest request;
    request.set_case_id(case_id);
    return Listed(role, request);
  }
  aftersales::GetCompensationBudgetResponse Month(const std::string& role) {
    return shop_.As(role).Call<aftersales::GetCompensationBudgetResponse>(
        aftersales::GetCompensationBudgetRequest());
  }
  aftersales::CompensationBudget Budget(const std::string& role) { return Month(role).budget(); }
  // The coupons in the buyer's timeline.
  customer::GetTimelineResponse CouponsOf(const std::string& customer_id) {
    customer::GetTimelineRequest request;
    request.set_customer_id(customer_id);
    request.add_kinds(customer::TIMELINE_KIND_COUPON);
    return shop_.As("agent").Call<customer::GetTimelineResponse>(request);
  }
  aftersales::Compensation GiveCoupon(const std::string& case_id, const std::string& code) {
    const auto granted =
        Offer("agent", OfferOf(case_id, 5'00, aftersales::COMPENSATION_KIND_COUPON));
    const auto begun = Begin("agent", granted);
    aftersales::RecordCompensationResultRequest issued;
    issued.set_result(aftersales::COMPENSATION_STATE_GIVEN);
    issued.set_coupon_code(code);
    return Move<aftersales::RecordCompensationResultResponse>("agent", begun, issued);
  }
  void ExpectIntact(const std::string& case_id) {
    aftersales::VerifyCaseRequest verify;
    verify.set_case_id(case_id);
    const auto verified =
        shop_.As("supervisor").Call<aftersales::VerifyCaseResponse>(verify).verification();
    EXPECT_TRUE(verified.intact()) << verified.ShortDebugString();
    EXPECT_EQ(verified.steps_replayed(), verified.steps());
  }
  void LogIn(const std::string& role) {
    const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf(role),
                                           "--shop", shop_.shop_id(), "--password-stdin"},
                                          shop_.PasswordOf(role) + "\n");
    ASSERT_EQ(login.exit_code, 0) << login.output;
  }
  Finished Say(const std::vector<std::string>& words) {
    std::vector<std::string> all{"compensation"};
    all.insert(all.end(), words.begin(), words.end());
    return stack_.Redress(all);
  }
  template <class Call>
  std::string ReasonOf(Call call) {
    try {
      call();
    } catch (const client::CallError& error) {
      return error.violations().empty() ? error.reason() : error.violations().front().field;
    }
    return "";
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

TEST_F(Compensations, AboveTheSingleLimitASupervisorDecidesAndFinancePays) {
  const std::string id = NewCase();
  const aftersales::Case before = shop_.Get(id);
  aftersales::OfferCompensationRequest request = OfferOf(id, 30'00);
  request.set_text("sorry for the scratch");
  const auto waiting = Offer("agent", request);
  EXPECT_EQ(waiting.state(), aftersales::COMPENSATION_STATE_WAITING);
  EXPECT_EQ(shop_.Get(id).needs_person(), "COMPENSATION_WAITS");
  EXPECT_EQ(Budget("agent").left().minor_units(), 470'00);
  EXPECT_EQ(ReasonOf([&] { Approve("agent", waiting); }), "ROLE_MISSING");
  const auto granted = Approve("supervisor", waiting);
  EXPECT_EQ(granted.decided_by_id(), shop_.AccountOf("supervisor"));

  aftersales::ListCompensationsRequest money;
  money.set_kind(aftersales::COMPENSATION_KIND_MONEY);
  money.set_state(aftersales::COMPENSATION_STATE_GRANTED);
  ASSERT_EQ(Listed("finance", money).size(), 1u);
  EXPECT_EQ(ReasonOf([&] { Begin("agent", granted); }), "FINANCE_REQUIRED");
  const auto begun = Begin("finance", granted);
  aftersales::RecordCompensationResultRequest paid;
  paid.set_result(aftersales::COMPENSATION_STATE_GIVEN);
  EXPECT_EQ(
      ReasonOf([&] { Move<aftersales::RecordCompensationResultResponse>("finance", begun, paid); }),
      "payment_reference");
  paid.set_payment_reference("bank-1");
  const auto given = Move<aftersales::RecordCompensationResultResponse>("finance", begun, paid);
  EXPECT_EQ(given.state(), aftersales::COMPENSATION_STATE_GIVEN);

  const aftersales::Case after = shop_.Get(id);
  EXPECT_EQ(after.state(), before.state());
  EXPECT_EQ(after.deadline().due_time().seconds(), before.deadline().due_time().seconds());
  EXPECT_EQ(after.needs_person(), "");
  EXPECT_EQ(Of("agent", id).at(0).text(), "sorry for the scratch");
  EXPECT_EQ(Of("finance", id).at(0).text(), "");  // finance reads no texts
  ExpectIntact(id);
}

TEST_F(Compensations, TheMonthSaysWhatIsLeftAndASupervisorHasOneOfTheirOwn) {
  const std::string id = NewCase();
  Offer("agent", OfferOf(id, 495'00));
  const std::string other = NewCase();
  EXPECT_EQ(ReasonOf([&] { Offer("agent", OfferOf(other, 5'01)); }), "ABOVE_MONTH_LIMIT");
  const auto own = Offer("supervisor", OfferOf(other, 5'01));
  EXPECT_EQ(own.state(), aftersales::COMPENSATION_STATE_GRANTED);
  EXPECT_EQ(own.offered_by_id(), shop_.AccountOf("supervisor"));
  aftersales::CancelCompensationRequest cancel;
  Move<aftersales::CancelCompensationResponse>("agent", Of("agent", id).at(0), cancel);
  EXPECT_EQ(Budget("agent").spent().minor_units(), 0);
  EXPECT_EQ(Offer("agent", OfferOf(other, 5'01)).state(), aftersales::COMPENSATION_STATE_GRANTED);
}

TEST_F(Compensations, ACouponsCodeIsSealed) {
  const std::string id = NewCase();
  const std::string code = "CODE-7Q2X-9";
  GiveCoupon(id, code);
  EXPECT_EQ(Of("supervisor", id).at(0).coupon_code(), code);
  EXPECT_EQ(Of("finance", id).at(0).coupon_code(), "");
  const std::string found = stack_.Sql(
      "SELECT COUNT(*) FROM redress_aftersales.steps WHERE case_id = " + id +
      " AND (INSTR(event_json, '" + code + "') > 0 OR INSTR(snapshot, '" + code + "') > 0)");
  EXPECT_EQ(found, "0");
  ExpectIntact(id);
}

TEST_F(Compensations, ACouponStandsInTheBuyersTimelineWithoutItsCode) {
  const std::string id = NewCase();
  const aftersales::Case of = shop_.Get(id);
  const auto given = GiveCoupon(id, "CODE-7Q2X-9");
  customer::GetTimelineResponse timeline;
  ASSERT_TRUE(test::WaitFor([&] {
    timeline = CouponsOf(of.customer_id());
    return timeline.entries_size() > 0;
  }));
  ASSERT_EQ(timeline.entries_size(), 1);
  const customer::CouponEntry& coupon = timeline.entries(0).coupon();
  EXPECT_EQ(coupon.case_id(), id);
  EXPECT_EQ(coupon.case_number(), of.case_number());
  EXPECT_EQ(coupon.compensation_number(), given.number());
  EXPECT_EQ(coupon.currency_code(), "CNY");
  EXPECT_EQ(coupon.amount_minor(), 5'00);
  EXPECT_EQ(timeline.ShortDebugString().find("CODE-7Q2X-9"), std::string::npos);
}

TEST_F(Compensations, OfAReviewNeedItsWordsAndHangOnNothing) {
  const std::string id = BringReviewTo(shop_, "Contacting");
  EXPECT_EQ(ReasonOf([&] { Offer("agent", OfferOf(id, 5'00)); }), "text");
  aftersales::OfferCompensationRequest request = OfferOf(id, 5'00);
  request.set_text("for the late delivery, whatever you write");
  EXPECT_EQ(Offer("agent", request).state(), aftersales::COMPENSATION_STATE_GRANTED);
  EXPECT_EQ(shop_.Get(id).state(), "Contacting");
  ExpectIntact(id);
}

TEST_F(Compensations, OfOthersVersionsAreAborted) {
  const std::string id = NewCase();
  const auto waiting = Offer("agent", OfferOf(id, 30'00));
  Approve("supervisor", waiting);
  aftersales::CancelCompensationRequest cancel;
  EXPECT_EQ(
      ReasonOf([&] { Move<aftersales::CancelCompensationResponse>("agent", waiting, cancel); }),
      "VERSION_CONFLICT");
}

TEST_F(Compensations, LimitsAndReasonsAreTheShopsOwn) {
  LogIn("admin");
  ASSERT_EQ(Say({"set-limit", "agent", "single", "1.00"}).exit_code, 0);
  ASSERT_EQ(Say({"set-limit", "agent", "month", "10.00"}).exit_code, 0);
  ASSERT_EQ(Say({"set-reasons", "goodwill, quality"}).exit_code, 0);
  EXPECT_NE(Say({"set-limit", "warehouse", "month", "10.00"}).exit_code, 0);
  // A bare number would be kept of it, as if it were the shop's currency.
  const Finished foreign = Say({"set-limit", "agent", "month", "20.00 GBP"});
  EXPECT_NE(foreign.exit_code, 0);
  EXPECT_NE(foreign.output.find("CNY"), std::string::npos) << foreign.output;
  // Each of the three changes arrives by itself, the reasons last.
  ASSERT_TRUE(test::WaitFor([&] { return Month("agent").reasons_size() == 2; }));
  EXPECT_EQ(Budget("agent").left().minor_units(), 10'00);
  const std::string id = NewCase();
  EXPECT_EQ(Offer("agent", OfferOf(id, 1'01)).state(), aftersales::COMPENSATION_STATE_WAITING);
  aftersales::OfferCompensationRequest unlisted = OfferOf(id, 1'00);
  unlisted.set_reason("price");
  EXPECT_EQ(ReasonOf([&] { Offer("agent", unlisted); }), "COMPENSATION_REASON_NOT_LISTED");
}

TEST_F(Compensations, TheCommandLineOffersDecidesAndGives) {
  const std::string id = NewCase();
  LogIn("agent");
  const Finished offered = Say({"offer", id, "--kind", "coupon", "--amount", "30.00", "--reason",
                                "quality", "--text", "sorry"});
  ASSERT_EQ(offered.exit_code, 0) << offered.output;
  const std::string number = std::to_string(Of("agent", id).at(0).number());
  EXPECT_NE(Say({"approve", id, number}).exit_code, 0);
  LogIn("supervisor");
  const Finished waiting = Say({"list", "--in-state", "waiting"});
  EXPECT_NE(waiting.output.find("30.00"), std::string::npos) << waiting.output;
  const Finished approved = Say({"approve", id, number});
  EXPECT_EQ(approved.exit_code, 0) << approved.output;
  EXPECT_EQ(Say({"begin", id, number}).exit_code, 0);
  const Finished recorded =
      Say({"record", id, number, "--result", "given", "--coupon-code", "C-1"});
  EXPECT_EQ(recorded.exit_code, 0) << recorded.output;
  const Finished budget = Say({"budget", "--account", shop_.AccountOf("agent")});
  EXPECT_NE(budget.output.find("470.00"), std::string::npos) << budget.output;
  const Finished listed = Say({"list", "--case", id});
  EXPECT_NE(listed.output.find("given"), std::string::npos) << listed.output;
}

TEST_F(Compensations, OpenedGoodsNeedASupervisorAndNothingIsRefundedTwice) {
  const std::string id = NewCase();
  LogIn("agent");
  const Finished marked = stack_.Redress({"category", "mark", id, "opened"});
  ASSERT_EQ(marked.exit_code, 0) << marked.output;
  EXPECT_EQ(shop_.Get(id).not_returnable(), "opened");
  EXPECT_NE(stack_.Redress({"category", "unmark", id}).exit_code, 0);
  shop_.Approve(id);
  EXPECT_EQ(shop_.Get(id).state(), "PendingApproval");
  shop_.Apply("supervisor", id, [](auto& event) { event.mutable_approve_large(); });
  EXPECT_EQ(shop_.Get(id).state(), "Settling");
  ExpectIntact(id);

  const aftersales::Case of = shop_.Get(id);
  aftersales::OpenRefundRequest again;
  again.set_request_id(Unique("again"));
  again.set_order_id(of.order_id());
  again.set_line_id(of.line_id());
  again.set_quantity(1);
  again.mutable_amount_asked()->set_currency_code("CNY");
  again.mutable_amount_asked()->set_minor_units(1);
  again.set_variant(aftersales::REFUND_VARIANT_REFUND_ONLY);
  again.set_reason("damaged");
  EXPECT_EQ(ReasonOf([&] { shop_.As("agent").Call<aftersales::OpenRefundResponse>(again); }),
            "NOTHING_OWED");
}

}  // namespace
}  // namespace redress::e2e
