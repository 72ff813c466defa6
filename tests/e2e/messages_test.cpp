// What buyers are told, through all real processes: a refund and an exchange go to their end, the
// rules that ship make messages of it, a person sends them, and nobody is told anything twice.

#include <gtest/gtest.h>
#include <redress/customer/v1/care_service.pb.h>
#include <redress/customer/v1/timeline_service.pb.h>
#include <redress/desk/v1/message_service.pb.h>
#include <redress/desk/v1/notification_service.pb.h>
#include <redress/desk/v1/phrase_service.pb.h>
#include <redress/order/v1/reminder_service.pb.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "tests/e2e/cases.h"
#include "tests/e2e/shop.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

namespace customer = redress::customer::v1;
namespace desk = redress::desk::v1;
namespace fs = std::filesystem;

// (case, rule) or (order, invitation) pairs with more than one message that a buyer gets.
constexpr char kSentTwice[] =
    "SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM redress_desk.messages WHERE rule_code <> ''"
    " AND state IN (1, 2, 3, 4) GROUP BY shop_id, case_id, rule_code, occasion"
    " HAVING COUNT(*) > 1) a) + (SELECT COUNT(*) FROM (SELECT 1 FROM redress_desk.messages"
    " WHERE rule_code = 'review_invitation' AND state IN (2, 3, 4)"
    " GROUP BY shop_id, order_id HAVING COUNT(*) > 1) b)";

class Messages : public testing::Test {
 protected:
  Messages() {
    desk::UseDefaultNotificationsRequest request;
    request.set_request_id(Unique("defaults"));
    request.set_language("zh");
    shop_.As("supervisor").Call<desk::UseDefaultNotificationsResponse>(request);
  }

  std::map<std::string, desk::Message> OfCase(const std::string& case_id) {
    desk::ListMessagesRequest request;
    request.set_case_id(case_id);
    std::map<std::string, desk::Message> by_rule;
    const auto answer = shop_.As("agent").Call<desk::ListMessagesResponse>(request);
    for (const auto& message : answer.messages()) {
      by_rule[message.rule_code()] = message;
    }
    return by_rule;
  }
  desk::Message Await(const std::string& case_id, const std::string& rule,
                      desk::MessageState state) {
    desk::Message found;
    EXPECT_TRUE(test::WaitFor(
        [&] {
          return OnceReached([&] {
            const auto messages = OfCase(case_id);
            const auto message = messages.find(rule);
            if (message == messages.end()) return false;
            found = message->second;
            return found.state() == state;
          });
        },
        std::chrono::seconds(60)))
        << rule << ": " << found.ShortDebugString();
    return found;
  }
  std::string RefundToItsEnd(const order::Order& order) {
    const std::string id = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
    shop_.Assign(id);
    shop_.Approve(id);
    shop_.Settle(id);
    shop_.FollowUp(id);
    return id;
  }

  void Wish(const std::string& customer_id) {
    customer::SetCareWishesRequest request;
    request.set_request_id(Unique("wishes"));
    request.set_customer_id(customer_id);
    request.set_no_contact(true);
    shop_.As("agent").Call<customer::SetCareWishesResponse>(request);
  }
  // An order that waits to be paid, by the new buyer of the other one.
  std::string PushUnpaid(const order::Order& other) {
    order::PushOrderRequest request;
    request.set_request_id(Unique("push"));
    order::OrderInput& input = *request.mutable_order();
    input.set_platform(other.platform());
    input.set_order_number(Unique("unpaid"));
    input.set_buyer_nick("new-" + other.order_number());
    input.set_status(order::ORDER_STATUS_WAIT_BUYER_PAY);
    input.set_currency_code("CNY");
    input.mutable_order_time()->set_seconds(1'700'000'000);
    input.set_total_minor(100'00);
    return shop_.As("integration").Call<order::PushOrderResponse>(request).order().order_id();
  }
  std::string WhyNotReminded(const std::string& order_id) {
    order::RecordReminderRequest request;
    request.set_request_id(Unique("remind"));
    request.set_order_id(order_id);
    request.set_channel(order::REMINDER_CHANNEL_CHAT);
    return ReasonOf([&] { shop_.As("agent").Call<order::RecordReminderResponse>(request); });
  }
  // A rule that means everybody whom it finds makes the customer's task, and the agent does it.
  void CareFor(const std::string& customer_id) {
    customer::SetCareRuleRequest rule;
    rule.set_request_id(Unique("care"));
    rule.set_rule_code("hello");
    rule.set_name_zh("问候");
    rule.set_name_en("Hello");
    rule.set_expression("paid_orders >= 1");
    rule.set_occasion(customer::CARE_OCCASION_MATCH);
    rule.set_quiet_days(7);
    rule.set_coupon(true);
    rule.set_enabled(true);
    shop_.As("supervisor").Call<customer::SetCareRuleResponse>(rule);
    customer::CareTask task;
    ASSERT_TRUE(test::WaitFor(
        [&] {
          const auto open = shop_.As("agent").Call<customer::ListCareTasksResponse>(
              customer::ListCareTasksRequest());
          for (const auto& one : open.tasks()) {
            if (one.customer_id() == customer_id) task = one;
          }
          return !task.task_id().empty();
        },
        std::chrono::seconds(60)));
    customer::ClaimCareTaskRequest claim;
    claim.set_request_id(Unique("claim"));
    claim.set_task_id(task.task_id());
    claim.set_version(task.version());
    task = shop_.As("agent").Call<customer::ClaimCareTaskResponse>(claim).task();
    customer::FinishCareTaskRequest done;
    done.set_request_id(Unique("done"));
    done.set_task_id(task.task_id());
    done.set_version(task.version());
    done.set_result("reached");
    EXPECT_EQ(ReasonOf([&] { shop_.As("agent").Call<customer::FinishCareTaskResponse>(done); }),
              "coupon_code");
    done.set_coupon_code("C-5");
    shop_.As("agent").Call<customer::FinishCareTaskResponse>(done);
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

TEST_F(Messages, TellOfARefundAndInviteAfterItsGoodEnd) {
  const order::Order order = shop_.PushOrder();
  const std::string id = RefundToItsEnd(order);
  const auto refund = Await(id, "refund_sent", desk::MESSAGE_STATE_WAITING_FOR_PERSON);
  EXPECT_NE(refund.content().text().find(order.order_number()), std::string::npos)
      << refund.content().text();
  EXPECT_EQ(refund.content().order_number(), order.order_number());
  Await(id, "review_invitation", desk::MESSAGE_STATE_WAITING_FOR_PERSON);

  const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf("agent"),
                                         "--shop", shop_.shop_id(), "--password-stdin"},
                                        shop_.PasswordOf("agent") + "\n");
  ASSERT_EQ(login.exit_code, 0) << login.output;
  const Finished listed = stack_.Redress({"message", "list", "--in-state", "waiting_for_person"});
  EXPECT_NE(listed.output.find(refund.message_id()), std::string::npos) << listed.output;
  const Finished marked = stack_.Redress(
      {"message", "mark-sent", refund.message_id(), "--version", std::to_string(refund.version())});
  EXPECT_EQ(marked.exit_code, 0) << marked.output;
  EXPECT_EQ(Await(id, "refund_sent", desk::MESSAGE_STATE_SENT).sender_id(),
            shop_.AccountOf("agent"));

  const Finished shown = stack_.Redress({"notification-rule", "list"});
  EXPECT_NE(shown.output.find("review_invitation"), std::string::npos) << shown.output;
  const Finished preview =
      stack_.Redress({"phrase", "preview", "--text", "{{case_number}} {{customer_nick}}",
                      "--language", "zh", "--case", std::to_string(refund.case_number())});
  EXPECT_NE(preview.output.find(refund.content().customer_nick()), std::string::npos)
      << preview.output;
}

TEST_F(Messages, AndRemindersLeaveInPeaceWhoAskedForIt) {
  const order::Order order = shop_.PushOrderOfNewBuyer();
  const std::string unpaid = PushUnpaid(order);
  EXPECT_EQ(WhyNotReminded(unpaid), "");
  Wish(order.customer_id());
  EXPECT_EQ(WhyNotReminded(unpaid), "CONTACT_REFUSED");
  const std::string id = RefundToItsEnd(order);
  EXPECT_EQ(Await(id, "review_invitation", desk::MESSAGE_STATE_SUPPRESSED).reason(),
            "CONTACT_REFUSED");
  Await(id, "refund_sent", desk::MESSAGE_STATE_WAITING_FOR_PERSON);  // they asked for that
  customer::GetTimelineRequest timeline;
  timeline.set_customer_id(order.customer_id());
  EXPECT_TRUE(shop_.As("agent").Call<customer::GetTimelineResponse>(timeline).no_contact());
}

TEST_F(Messages, InviteNobodyWhomCareHasJustReached) {
  const order::Order order = shop_.PushOrderOfNewBuyer();
  CareFor(order.customer_id());
  const std::string id = RefundToItsEnd(order);
  EXPECT_EQ(Await(id, "review_invitation", desk::MESSAGE_STATE_SUPPRESSED).reason(),
            "QUIET_PERIOD");
  EXPECT_EQ(WhyNotReminded(PushUnpaid(order)), "") << "a reminder asks for wishes only";
}

TEST_F(Messages, SayNothingLaterToACaseThatHasEnded) {
  const std::string id = RefundToItsEnd(shop_.PushOrder());
  Await(id, "follow_up", desk::MESSAGE_STATE_QUEUED);
  stack_.Advance(25 * 3600);
  shop_.LogInAgain();
  EXPECT_EQ(Await(id, "follow_up", desk::MESSAGE_STATE_SUPPRESSED).reason(), "CASE_MOVED_ON");
}

TEST_F(Messages, HideWhatTheySayFromWhoMayNotSeeIt) {
  const std::string id = RefundToItsEnd(shop_.PushOrder());
  const auto message = Await(id, "refund_sent", desk::MESSAGE_STATE_WAITING_FOR_PERSON);
  desk::GetMessageRequest request;
  request.set_message_id(message.message_id());
  EXPECT_FALSE(shop_.As("auditor").Call<desk::GetMessageResponse>(request).message().has_content());
}

TEST_F(Messages, RefuseARuleThatNoCaseCanMeet) {
  desk::ListNotificationRulesRequest list;
  const auto rules = shop_.As("admin").Call<desk::ListNotificationRulesResponse>(list).rules();
  desk::SetNotificationRuleRequest request;
  request.set_request_id(Unique("rule"));
  request.set_rule_code("mistaken");
  request.set_case_kind("refund");
  request.set_state("Inspectin");
  request.set_phrase_id(rules.Get(0).phrase_id());
  request.set_channel(desk::CHANNEL_KIND_MANUAL);
  EXPECT_EQ(ReasonOf([&] { shop_.As("admin").Call<desk::SetNotificationRuleResponse>(request); }),
            "state");
}

TEST_F(Messages, AreNotSentTwiceByAProcessThatDiesOrEventsThatComeAgain) {
  std::vector<std::string> cases;
  const fs::path fresh = stack_.state() / "crash_point.new";
  std::ofstream(fresh) << "desk:after_message_before_mark\n";
  fs::rename(fresh, stack_.state() / "crash_point");
  for (int i = 0; i < 3; ++i) cases.push_back(RefundToItsEnd(shop_.PushOrderOfNewBuyer()));
  EXPECT_TRUE(test::WaitFor([&] { return !fs::exists(stack_.state() / "crash_point"); },
                            std::chrono::seconds(60)))
      << "it did not die";
  // What the dead process held is free again after its lease.
  stack_.Advance(200);
  // Every event comes once more: the history is compared at the start.
  stack_.Stop("desk");
  stack_.Start("desk");
  for (const std::string& id : cases) {
    Await(id, "refund_sent", desk::MESSAGE_STATE_WAITING_FOR_PERSON);
    Await(id, "review_invitation", desk::MESSAGE_STATE_WAITING_FOR_PERSON);
  }
  EXPECT_EQ(stack_.Sql(kSentTwice), "0");
  test::Figure("messages_sent_twice", std::stoll(stack_.Sql(kSentTwice)));
}

}  // namespace
}  // namespace redress::e2e
