// Messages on their way: filled, sealed, sent once, and kept from who should not get them.

#include <gtest/gtest.h>

#include <thread>

#include "services/platform/base/errors.h"
#include "tests/integration/desk/desk_house.h"
#include "tests/support/wait_for.h"

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
  Message ByHand(std::uint64_t case_id, PhraseId phrase) {
    return ByHand(case_id, phrase, house_.NewWrite());
  }
  Message ByHand(std::uint64_t case_id, PhraseId phrase, const Write& write) {
    Message message;
    message.shop = kShop;
    message.case_id = CaseId{case_id};
    message.order = kOrder;
    message.customer = kCustomer;
    message.phrase = phrase;
    message.asked_at = message.due_at = house_.clock.NowUs();
    return house_.messages.Create(write, message);
  }
  Message Now(const Message& of) { return house_.messages.Find(kShop, of.id).value(); }
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

// Else the message waits until the lease of nobody has run out.
TEST_F(Messages, AreClaimedThoughTheAnswerToTheClaimIsLost) {
  platform::FaultPlan faults;
  DeskHouse house(&faults);
  house.UseDefaults();
  const std::vector<CaseStep> steps{house.Step(1, 1, "record_settled", "FollowingUp", "settled")};
  house.intake.Take(steps, house.clock.NowUs());
  faults.Force(platform::FaultPlan::Fault::kCutAfter);
  const auto claimed = house.messages.ClaimDue(kShop, house.clock.NowUs(), platform::kSecondUs);
  ASSERT_TRUE(claimed);
  EXPECT_EQ(claimed->attempts, 1u);
  EXPECT_EQ(faults.struck(), 1u);
  EXPECT_FALSE(house.messages.ClaimDue(kShop, house.clock.NowUs(), platform::kSecondUs))
      << "it is another's now";
}

TEST_F(Messages, ThatWereSentAndNotRecordedAreSentAgainUnderTheSameKey) {
  ByHttp("refund_sent");
  Settled(1);
  // A process that dies between the two: it claims, fills, sends, and is heard of no more.
  const auto claimed =
      house_.messages.ClaimDue(kShop, house_.clock.NowUs(), 60 * platform::kSecondUs);
  ASSERT_TRUE(claimed);
  Message sent = *claimed;
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

TEST_F(Messages, ThatAreDamagedAreSetAsideAndTheOthersGoOn) {
  ByHttp("refund_sent");
  house_.http.answer = {Sending::Result::kUnknown, reasons::kSenderUnreachable};
  Settled(1);
  Settled(2);
  house_.Dispatch();
  auto connection = house_.plain.Acquire();
  connection->Execute(
      "UPDATE messages SET sealed_content = LEFT(sealed_content, 50)"
      " WHERE shop_id = ? AND case_id = 1",
      {kShop});
  house_.http.answer = {};
  for (int again = 0; again < 10 && Of(2, "refund_sent").state == MessageState::kQueued; ++again) {
    house_.clock.Advance(61 * platform::kSecondUs);
    house_.Dispatch();
  }
  EXPECT_EQ(Of(2, "refund_sent").state, MessageState::kSent);
  const Message damaged = Of(1, "refund_sent");
  EXPECT_EQ(damaged.state, MessageState::kFailed);
  EXPECT_EQ(damaged.reason, "CONTENT_DAMAGED");
  EXPECT_FALSE(damaged.content);
}

TEST_F(Messages, OfAShopWithASlowSenderKeepNoOtherShopWaiting) {
  constexpr ShopId kOther{8};
  constexpr std::uint64_t kCases = 12;
  Write write = house_.NewWrite();
  write.shop = kOther;
  house_.rules.UseDefaults(write, "zh");
  for (const ShopId shop : {kShop, kOther}) {
    NotificationRule rule = *house_.rules.Find(shop, "refund_sent");
    rule.channel = ChannelKind::kHttp;
    Write change = house_.NewWrite();
    change.shop = shop;
    house_.rules.Set(change, rule);
    for (std::uint64_t i = 1; i <= kCases; ++i) {
      CaseStep step = house_.Step(i, 1, "record_settled", "FollowingUp", "settled");
      step.shop = shop;
      Take(step);
    }
  }
  house_.http.blocked_shop = kShop;
  MessageDispatch dispatch = house_.NewDispatch();
  std::atomic<bool> stopping = false;
  std::vector<std::thread> senders;
  for (int i = 0; i < 4; ++i) {
    senders.emplace_back([&] {
      while (!stopping) {
        if (!dispatch.Round(SendingLane::kSound)) std::this_thread::yield();
      }
    });
  }
  const auto all_sent = [&] {
    if (redress::test::InjectedFaults() != nullptr) house_.clock.Advance(platform::kSecondUs);
    const std::lock_guard lock(house_.http.mutex);
    return house_.http.keys.size() >= kCases;
  };
  EXPECT_TRUE(redress::test::WaitFor(all_sent, std::chrono::seconds(20)));
  stopping = true;
  house_.http.Unblock();
  for (std::thread& sender : senders) sender.join();
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

TEST_F(Messages, InviteOncePerOrderAlsoByTwoRules) {
  NotificationRule second = *house_.rules.Find(kShop, "review_invitation");
  second.code = "second_invitation";
  second.version = 0;
  house_.rules.Set(house_.NewWrite(), second);
  FollowedUp(1);
  house_.Dispatch();
  std::map<std::string, int> reasons;
  for (const Message& message : house_.OfCase(1)) ++reasons[message.reason];
  EXPECT_EQ(reasons, (std::map<std::string, int>{{"", 1}, {"ALREADY_TOLD", 1}}));
}

TEST_F(Messages, ByHandInviteNobodyWhoWasInvited) {
  FollowedUp(1);
  house_.Dispatch();
  const Message again = ByHand(1, Of(1, "review_invitation").phrase);
  house_.Dispatch();
  EXPECT_EQ(Now(again).reason, "QUIET_PERIOD");
  house_.clock.Advance(40 * platform::kDayUs);
  const Message later = ByHand(1, Of(1, "review_invitation").phrase);
  house_.Dispatch();
  EXPECT_EQ(Now(later).reason, "ALREADY_TOLD");
}

TEST_F(Messages, ByHandThatInvitedKeepTheRuleQuiet) {
  const Message first = ByHand(1, house_.rules.Find(kShop, "review_invitation")->phrase);
  house_.Dispatch();
  EXPECT_EQ(Now(first).state, MessageState::kWaitingForPerson);
  house_.facts.base.order = OrderId{99};
  FollowedUp(2);
  house_.Dispatch();
  EXPECT_EQ(Of(2, "review_invitation").reason, "QUIET_PERIOD");
}

TEST_F(Messages, ByHandAreNotMadeOfAnArchivedPhrase) {
  Phrase phrase;
  phrase.name = "words";
  phrase.language = "zh";
  phrase.text = "words";
  phrase = house_.phrases.Create(house_.NewWrite(), phrase);
  const Write write = house_.NewWrite();
  const Message sent = ByHand(1, phrase.id, write);
  house_.phrases.SetArchived(house_.NewWrite(), phrase.id, 1, true);
  try {
    ByHand(1, phrase.id);
    ADD_FAILURE() << "it was taken";
  } catch (const platform::Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "PHRASE_ARCHIVED");
  }
  const auto repeat = house_.messages.FindRepeat(write);
  ASSERT_TRUE(repeat) << "a repeat gets the first answer all the same";
  EXPECT_EQ(repeat->id, sent.id);
  EXPECT_FALSE(house_.messages.FindRepeat(house_.NewWrite()));
}

TEST_F(Messages, FreeTheirOrderWhenTheyAreCancelled) {
  FollowedUp(1);
  house_.Dispatch();
  const Message first = Of(1, "review_invitation");
  house_.messages.Change(house_.NewWrite(), first.id, first.version, MessageAction::kCancel, "");
  FollowedUp(2);
  house_.Dispatch();
  EXPECT_EQ(Of(2, "review_invitation").state, MessageState::kWaitingForPerson);
  house_.messages.Change(house_.NewWrite(), first.id, first.version + 1, MessageAction::kResend,
                         "");
  house_.Dispatch();
  EXPECT_NE(Of(1, "review_invitation").state, MessageState::kWaitingForPerson)
      << "another one has the order now";
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

TEST_F(Messages, ThatNobodyAskedForWaitForLeave) {
  ByHttp("review_invitation");
  house_.contacts.leave = ContactLeave::kQuiet;
  FollowedUp(1);
  house_.Dispatch();
  EXPECT_EQ(Of(1, "review_invitation").state, MessageState::kSuppressed);
  EXPECT_EQ(Of(1, "review_invitation").reason, "QUIET_PERIOD");
  EXPECT_EQ(house_.http.asked, 0);
  house_.contacts.leave = ContactLeave::kGiven;
  FollowedUp(2);
  house_.Dispatch();
  EXPECT_EQ(Of(2, "review_invitation").state, MessageState::kSent)
      << "one that was not sent frees its order";
  EXPECT_EQ(house_.messages.LastContact(kShop, CaseId{2}), house_.clock.NowUs());
  EXPECT_EQ(house_.messages.LastContact(kShop, CaseId{1}), 0);
}

TEST_F(Messages, ThatAnswerABuyerNeedNoLeave) {
  house_.contacts.leave = ContactLeave::kRefused;
  Settled(1);
  house_.Dispatch();
  EXPECT_EQ(Of(1, "refund_sent").state, MessageState::kWaitingForPerson);
  EXPECT_TRUE(house_.contacts.contacts.empty());
}

TEST_F(Messages, KeepTheQuietDaysAlsoWhenTwoAreFilledAtOnce) {
  NotificationRule rule = *house_.rules.Find(kShop, "goods_received");
  rule.quiet_days = 3;
  house_.rules.Set(house_.NewWrite(), rule);
  constexpr int kAtOnce = 8;
  for (int i = 1; i <= kAtOnce; ++i) {
    Take(house_.Step(static_cast<std::uint64_t>(i), 1, "receive_goods", "Inspecting"));
  }
  std::vector<Message> claimed;
  while (auto one =
             house_.messages.ClaimDue(kShop, house_.clock.NowUs(), 60 * platform::kSecondUs)) {
    claimed.push_back(*std::move(one));
  }
  ASSERT_GE(claimed.size(), 2u);
  std::atomic<int> told = 0;
  std::vector<std::thread> senders;
  senders.reserve(claimed.size());
  for (const Message& one : claimed) {
    senders.emplace_back([&] {
      const Filling filling{.phrase_version = 1,
                            .content = {.text = "words"},
                            .quiet_since = house_.clock.NowUs() - platform::kDayUs,
                            .quiet_rule = one.rule_code};
      while (true) {
        try {
          if (house_.messages.StoreContent(one, filling, house_.clock.NowUs()).empty()) ++told;
          return;
        } catch (const platform::Refusal&) {
          // UNAVAILABLE under faults: nothing was written.
        }
      }
    });
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(told, 1);
}

TEST_F(Messages, AreKeptFromWhoAskedNotToBeContacted) {
  house_.facts.base.contact_refused = true;
  Settled(1);
  house_.Dispatch();
  EXPECT_EQ(Of(1, "refund_sent").reason, "CONTACT_REFUSED");
}

TEST_F(Messages, ThatWaitAreSuppressedWhenTheirBuyerAsksNotToBeContacted) {
  Settled(1);
  house_.Dispatch();
  EXPECT_EQ(Of(1, "refund_sent").state, MessageState::kWaitingForPerson);
  Settled(2);  // is not filled yet
  CaseStep step = house_.Step(3, 1, "record_settled", "FollowingUp", "settled");
  step.customer = CustomerId{kCustomer.value + 1};
  Take(step);
  CaseStep refusal = house_.Step(9, 1, "refuse_contact", "Closed");
  refusal.kind = "review";
  Take(refusal);
  for (const std::uint64_t told_of : {1, 2}) {
    EXPECT_EQ(Of(told_of, "refund_sent").state, MessageState::kSuppressed) << told_of;
    EXPECT_EQ(Of(told_of, "refund_sent").reason, "CONTACT_REFUSED") << told_of;
  }
  EXPECT_EQ(Of(3, "refund_sent").state, MessageState::kQueued) << "somebody else's";
}

TEST_F(Messages, ThatWaitAreSuppressedAlsoInAShopWithoutRules) {
  Settled(1);
  house_.Dispatch();
  for (NotificationRule rule : house_.rules.List(kShop, "", 100)) {
    rule.enabled = false;
    house_.rules.Set(house_.NewWrite(), rule);
  }
  CaseStep refusal = house_.Step(9, 1, "refuse_contact", "Closed");
  refusal.kind = "review";
  Take(refusal);
  EXPECT_EQ(Of(1, "refund_sent").state, MessageState::kSuppressed);
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
