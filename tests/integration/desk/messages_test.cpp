// Messages on their way: filled, sealed, sent once, and kept from who should not get them.

#include <gtest/gtest.h>

#include <thread>

#include "services/platform/base/errors.h"
#include "tests/integration/desk/desk_house.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::SubjectKind;

class Messages : public testing::Test {
 protected:
  Messages() { house_.UseDefaults(); }

  void Take(const CaseStep& step) {
    const std::vector<CaseStep> steps{step};
    house_.intake.Take(steps, house_.clock.NowUs());
  }
  void Settled(std::uint64_t case_id) {
    Take(house_.Step(case_id, 1, "record_settled", "FollowingUp", "settled"));
  }
  void FollowedUp(std::uint64_t case_id) {
    Take(house_.Step(case_id, 1, "record_follow_up", "Completed"));
  }
  void ByHttp(const std::string& code) {
    NotificationRule rule = *house_.rules.Find(kShop, code);
    rule.channel = ChannelKind::kHttp;
    house_.rules.Set(house_.NewWrite(), rule);
  }
  // The one message of the rule about the case.
  Message Of(std::uint64_t case_id, const std::string& code) {
    for (const Message& message : house_.OfCase(case_id)) {
      if (message.rule_code == code) return message;
    }
    ADD_FAILURE() << "no message of " << code;
    return {};
  }
  void EraseCustomer() {
    platform::Transact(house_.plain, [&](Connection& db) {
      house_.sealer.DestroySubject(db, kShop, SubjectKind::kCustomer, kCustomer.value);
    });
  }

  DeskHouse house_;
};

TEST_F(Messages, WaitForAPersonWithTheirTextAndWhatItWasFilledFrom) {
  Settled(1);
  house_.Dispatch();
  const Message message = Of(1, "refund_sent");
  EXPECT_EQ(message.state, MessageState::kWaitingForPerson);
  EXPECT_EQ(message.phrase_version, 1u);
  ASSERT_TRUE(message.content);
  EXPECT_NE(message.content->text.find("35.90 元"), std::string::npos) << message.content->text;
  EXPECT_EQ(message.content->order_number, "T1001");
}

TEST_F(Messages, LieSealedInTheDatabase) {
  Settled(1);
  house_.Dispatch();
  auto connection = house_.plain.Acquire();
  auto rows = connection->Query(
      "SELECT sealed_content FROM messages WHERE shop_id = ? AND sealed_content IS NOT NULL",
      {kShop});
  ASSERT_TRUE(rows.Next());
  EXPECT_EQ(rows.String(0).find("13800138000"), std::string::npos);
  EXPECT_EQ(rows.String(0).find("T1001"), std::string::npos);
}

TEST_F(Messages, CannotBeReadOnceTheCustomerWasErased) {
  Settled(1);
  house_.Dispatch();
  EraseCustomer();
  const Message message = Of(1, "refund_sent");
  EXPECT_TRUE(message.filled);
  EXPECT_FALSE(message.content);
}

TEST_F(Messages, ToAnErasedCustomerAreNotSent) {
  Settled(1);
  house_.Dispatch();
  EraseCustomer();
  Settled(2);
  house_.Dispatch();
  EXPECT_EQ(Of(2, "refund_sent").state, MessageState::kSuppressed);
  EXPECT_EQ(Of(2, "refund_sent").reason, "CUSTOMER_ERASED");
}

TEST_F(Messages, OfTwoProcessesAreSentOnce) {
  ByHttp("refund_sent");
  constexpr int kCases = 30;
  for (int i = 1; i <= kCases; ++i) Settled(static_cast<std::uint64_t>(i));
  std::vector<std::thread> processes;
  for (int process = 0; process < 2; ++process) {
    processes.emplace_back([this] { house_.Dispatch(); });
  }
  for (std::thread& process : processes) process.join();
  // What a fault left claimed, perhaps more than once.
  for (int again = 0; again < 10 && house_.http.keys.size() < kCases; ++again) {
    house_.clock.Advance(61 * platform::kSecondUs);
    house_.Dispatch();
  }
  EXPECT_EQ(house_.http.keys.size(), std::size_t{kCases});
  if (redress::test::InjectedFaults() == nullptr) {
    EXPECT_EQ(house_.http.asked, kCases);
  }
}

TEST_F(Messages, ThatWereSentAndNotRecordedAreSentAgainUnderTheSameKey) {
  ByHttp("refund_sent");
  Settled(1);
  // A process that dies between the two: it claims, fills, sends, and is heard of no more.
  const auto claimed = house_.messages.ClaimDue(house_.clock.NowUs(), 60 * platform::kSecondUs, 10);
  ASSERT_EQ(claimed.size(), 1u);
  Message sent = claimed.front();
  sent.content = MessageContent{.text = "words"};
  ASSERT_EQ(house_.messages.StoreContent(sent, {.phrase_version = 1, .content = *sent.content},
                                         house_.clock.NowUs()),
            "");
  house_.http.Send(sent);
  house_.Dispatch();
  EXPECT_EQ(house_.http.asked, 1) << "somebody else may still be at it";
  house_.clock.Advance(61 * platform::kSecondUs);
  house_.Dispatch();
  EXPECT_EQ(house_.http.asked, 2);
  EXPECT_EQ(house_.http.keys.size(), 1u);
  EXPECT_EQ(house_.http.texts.back(), "words") << "it must not say something else the second time";
  EXPECT_FALSE(house_.messages.Finish(sent, {.state = MessageState::kFailed}, 0))
      << "the claim has run out";
  EXPECT_EQ(Of(1, "refund_sent").state, MessageState::kSent);
}

TEST_F(Messages, InviteOncePerOrder) {
  ByHttp("review_invitation");
  FollowedUp(1);
  house_.Dispatch();
  EXPECT_EQ(Of(1, "review_invitation").state, MessageState::kSent);
  house_.clock.Advance(40 * platform::kDayUs);  // beyond the quiet days
  FollowedUp(2);
  house_.Dispatch();
  EXPECT_EQ(Of(2, "review_invitation").state, MessageState::kSuppressed);
  EXPECT_EQ(Of(2, "review_invitation").reason, "ALREADY_TOLD");
}

TEST_F(Messages, KeepTheQuietDaysOfARule) {
  FollowedUp(1);
  house_.Dispatch();
  house_.clock.Advance(platform::kDayUs);
  house_.facts.base.order = OrderId{99};
  FollowedUp(2);
  house_.Dispatch();
  EXPECT_EQ(Of(2, "review_invitation").reason, "QUIET_PERIOD");
}

TEST_F(Messages, AreKeptFromWhoAskedNotToBeContacted) {
  house_.facts.base.contact_refused = true;
  Settled(1);
  house_.Dispatch();
  EXPECT_EQ(Of(1, "refund_sent").reason, "CONTACT_REFUSED");
}

TEST_F(Messages, AreMarkedSentOnceByOnePerson) {
  Settled(1);
  house_.Dispatch();
  const Message waiting = Of(1, "refund_sent");
  const Write write = house_.NewWrite("mark");
  const Message sent =
      house_.messages.Change(write, waiting.id, waiting.version, MessageAction::kMarkSent, "");
  EXPECT_EQ(sent.state, MessageState::kSent);
  EXPECT_EQ(house_.messages.Change(write, waiting.id, waiting.version, MessageAction::kMarkSent, "")
                .version,
            sent.version)
      << "a repeat gets the first answer";
  EXPECT_THROW(house_.messages.Change(house_.NewWrite(), waiting.id, waiting.version,
                                      MessageAction::kMarkSent, ""),
               platform::Refusal)
      << "a colleague was faster";
}

TEST_F(Messages, AreFilledAnewWhenSentOnceMore) {
  ByHttp("refund_sent");
  Settled(1);
  house_.Dispatch();
  const Message sent = Of(1, "refund_sent");
  house_.phrases.Revise(house_.NewWrite(), sent.phrase, 1, "单号 {{case_number}}");
  house_.messages.Change(house_.NewWrite(), sent.id, sent.version, MessageAction::kResend, "");
  house_.Dispatch();
  EXPECT_EQ(Of(1, "refund_sent").content->text, "单号 12");
  EXPECT_EQ(Of(1, "refund_sent").phrase_version, 2u);
  EXPECT_EQ(house_.http.keys.size(), 2u) << "a person asked for a second one";
}

}  // namespace
}  // namespace redress::desk
