#include "services/desk/domain/message.h"

#include <gtest/gtest.h>

#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

constexpr AccountId kAgent{7};
constexpr std::int64_t kNow = 1'000'000;

Message In(MessageState state) {
  Message message;
  message.state = state;
  message.filled = true;
  message.content = MessageContent{.text = "words"};
  return message;
}

std::string ReasonOf(const Message& message, MessageAction action) {
  try {
    After(message, action, kAgent, "", kNow);
    return "";
  } catch (const platform::Refusal& refusal) {
    return refusal.reason();
  }
}

TEST(Message, ThatWaitsIsMarkedSentByWhoSentIt) {
  const Message sent =
      After(In(MessageState::kWaitingForPerson), MessageAction::kMarkSent, kAgent, "", kNow);
  EXPECT_EQ(sent.state, MessageState::kSent);
  EXPECT_EQ(sent.sender, kAgent);
  EXPECT_EQ(sent.sent_at, kNow);
  EXPECT_EQ(sent.version, 2u);
}

TEST(Message, ThatWaitsForNobodyIsNotMarkedSent) {
  for (const MessageState state : {MessageState::kQueued, MessageState::kSent,
                                   MessageState::kSuppressed, MessageState::kCancelled}) {
    EXPECT_EQ(ReasonOf(In(state), MessageAction::kMarkSent), "MESSAGE_STATE") << NameOf(state);
  }
}

TEST(Message, ThatIsResentIsFilledAnewUnderAnotherKey) {
  const Message again = After(In(MessageState::kFailed), MessageAction::kResend, kAgent, "", kNow);
  EXPECT_EQ(again.state, MessageState::kQueued);
  EXPECT_EQ(again.sending, 2u);
  EXPECT_EQ(again.due_at, kNow);
  EXPECT_FALSE(again.filled);
}

TEST(Message, ThatInvitedAndWasSentIsNotSentTwice) {
  Message invitation = In(MessageState::kSent);
  invitation.once_for_order = true;
  EXPECT_EQ(ReasonOf(invitation, MessageAction::kResend), "ALREADY_TOLD");
}

TEST(Message, ThatIsBeingSentIsReportedOn) {
  Message asked = In(MessageState::kQueued);
  asked.channel = ChannelKind::kHttp;
  asked.attempts = 1;
  asked.lease = 9;
  asked.due_at = kNow + 1;
  const Message arrived = After(asked, MessageAction::kReportDelivered, kAgent, "", kNow);
  EXPECT_EQ(arrived.state, MessageState::kDelivered);
  EXPECT_EQ(arrived.due_at, 0) << "it is not sent once more";
  EXPECT_EQ(arrived.sent_at, kNow);
  const Message lost = After(asked, MessageAction::kReportFailed, kAgent, "", kNow);
  EXPECT_EQ(lost.state, MessageState::kFailed);
  EXPECT_EQ(lost.reason, "NOT_DELIVERED");
}

TEST(Message, ThatNoSenderEverGotIsNotReportedOn) {
  Message queued = In(MessageState::kQueued);
  queued.channel = ChannelKind::kHttp;
  EXPECT_EQ(ReasonOf(queued, MessageAction::kReportDelivered), "MESSAGE_STATE");
  Message by_hand = In(MessageState::kQueued);
  by_hand.attempts = 1;
  EXPECT_EQ(ReasonOf(by_hand, MessageAction::kReportDelivered), "MESSAGE_STATE");
}

TEST(Message, ThatWasSentIsNotCancelled) {
  EXPECT_EQ(ReasonOf(In(MessageState::kSent), MessageAction::kCancel), "MESSAGE_STATE");
  EXPECT_EQ(ReasonOf(In(MessageState::kQueued), MessageAction::kCancel), "");
}

TEST(Message, ThatAProcessWorksAtWaitsForIt) {
  Message message = In(MessageState::kQueued);
  message.lease = 9;
  message.due_at = kNow + 1;
  EXPECT_EQ(ReasonOf(message, MessageAction::kCancel), "MESSAGE_UNDER_WAY");
  message.due_at = kNow;  // the process has died
  EXPECT_EQ(ReasonOf(message, MessageAction::kCancel), "");
}

TEST(Message, TakesWhatItsSenderReports) {
  const Message failed =
      After(In(MessageState::kSent), MessageAction::kReportFailed, kAgent, "BLOCKED", kNow);
  EXPECT_EQ(failed.state, MessageState::kFailed);
  EXPECT_EQ(failed.reason, "BLOCKED");
  EXPECT_EQ(After(failed, MessageAction::kReportDelivered, kAgent, "", kNow).state,
            MessageState::kDelivered);
}

}  // namespace
}  // namespace redress::desk
