// What an attempt means for the event that was sent and for its address.

#include "services/aftersales/domain/webhook_attempt.h"

#include <gtest/gtest.h>

#include "services/platform/base/clock.h"
#include "services/platform/webhooks/retry.h"

namespace redress::aftersales {
namespace {

using platform::kDayUs;
using platform::kMinuteUs;
using platform::kSecondUs;

constexpr std::int64_t kNow = 1'760'000'000'000'000;

WebhookAttempt Answered(int status, std::int64_t at_us = kNow) {
  return {.outcome = {.status = status}, .duration_ms = 20, .ended_at = at_us};
}

WebhookDelivery Sent(std::uint32_t attempts) {
  WebhookDelivery delivery;
  delivery.event.case_id = CaseId{11};
  delivery.state = DeliveryState::kSending;
  delivery.attempts = attempts;
  delivery.queued_at = kNow - 10 * kDayUs;  // it waited at a paused webhook
  delivery.first_tried_at = kNow;
  delivery.next_at = kNow + kMinuteUs;
  return delivery;
}

TEST(Attempt, ThatWasTakenEndsTheDelivery) {
  const WebhookDelivery after = AfterAttempt(Sent(1), Answered(202));
  EXPECT_EQ(after.state, DeliveryState::kDelivered);
  EXPECT_EQ(after.status, 202);
  EXPECT_EQ(after.next_at, 0);
  EXPECT_EQ(after.ended_at, kNow);
}

TEST(Attempt, ThatWasNotTakenIsMadeAgainLater) {
  for (const int status : {0, 301, 404, 500}) {
    const WebhookDelivery after = AfterAttempt(Sent(1), Answered(status));
    EXPECT_EQ(after.state, DeliveryState::kWaiting) << status;
    EXPECT_EQ(after.next_at, kNow + 10 * kSecondUs) << status;
    EXPECT_EQ(after.ended_at, 0) << status;
  }
}

TEST(Attempt, ThatIsTheLastOneMakesADeadLetter) {
  const WebhookDelivery after = AfterAttempt(Sent(platform::kMostAttempts), Answered(500));
  EXPECT_EQ(after.state, DeliveryState::kDeadLetter);
  EXPECT_EQ(after.next_at, 0);
  EXPECT_EQ(after.ended_at, kNow);
}

TEST(Attempt, OfATestIsNeverMadeAgain) {
  WebhookDelivery test = Sent(1);
  test.event = {};
  EXPECT_EQ(AfterAttempt(test, Answered(500)).state, DeliveryState::kTestFailed);
  EXPECT_EQ(AfterAttempt(test, Answered(200)).state, DeliveryState::kDelivered);
}

TEST(Attempt, KeepsOfAnErrorOnlyWhatTheColumnHolds) {
  WebhookAttempt attempt;
  attempt.outcome.error = std::string(1000, 'e');
  EXPECT_EQ(AfterAttempt(Sent(1), attempt).error.size(), 200u);
  EXPECT_EQ(AnswerText(attempt.outcome).size(), 200u);
  EXPECT_EQ(AnswerText({.status = 503}), "HTTP 503");
}

WebhookHealth Failed(int times, std::int64_t every_us = 0) {
  WebhookHealth health;
  for (int i = 0; i < times; ++i) {
    health = AfterAttempt(health, Answered(500, kNow + i * every_us)).health;
  }
  return health;
}

TEST(Health, IsGoodAgainWithOneSuccess) {
  const HealthVerdict after = AfterAttempt(Failed(5), Answered(200));
  EXPECT_EQ(after.health.failures, 0u);
  EXPECT_EQ(after.health.failing_since_at, 0);
  EXPECT_EQ(after.health.held_until_at, 0);
}

TEST(Health, HoldsAnAddressLongerWithEachFailureAndFiveMinutesAtMost) {
  EXPECT_EQ(Failed(1).held_until_at, 0) << "one event may be at fault";
  EXPECT_EQ(Failed(2).held_until_at, 0);
  EXPECT_EQ(Failed(3).held_until_at, kNow + kSecondUs);
  EXPECT_EQ(Failed(4).held_until_at, kNow + 2 * kSecondUs);
  EXPECT_EQ(Failed(40).held_until_at, kNow + 5 * kMinuteUs);
  EXPECT_EQ(Failed(40).failing_since_at, kNow);
}

TEST(Health, PausesWhatHasTakenNothingForADay) {
  const WebhookHealth nearly = Failed(20, kDayUs / 20 - 1);
  EXPECT_EQ(AfterAttempt(nearly, Answered(500, kNow + kDayUs - 1)).pause, PauseReason::kNone);
  EXPECT_EQ(AfterAttempt(nearly, Answered(500, kNow + kDayUs)).pause, PauseReason::kFailing);
  EXPECT_EQ(AfterAttempt(Failed(2), Answered(500, kNow + kDayUs)).pause, PauseReason::kNone)
      << "three attempts are no proof";
}

TEST(Health, PausesWhatSaysThatItIsGone) {
  EXPECT_EQ(AfterAttempt(WebhookHealth{}, Answered(410)).pause, PauseReason::kGone);
}

}  // namespace
}  // namespace redress::aftersales
