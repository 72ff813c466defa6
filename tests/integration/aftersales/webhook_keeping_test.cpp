// Webhooks as their admins keep them, over the database: paused and resumed, their secrets, their
// tests, their logs, their end.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "services/platform/webhooks/signature.h"
#include "tests/integration/aftersales/webhook_desk.h"

namespace redress::aftersales {
namespace {

using platform::kDayUs;
using platform::kHourUs;
using platform::Refusal;
using test::AnswerWith;
using test::Receiver;
namespace refund = workflows::refund;

TEST_F(WebhookTest, ThatIsPausedKeepsItsEventsUntilItIsResumed) {
  const auto receiver = Start(AnswerWith("200 OK"));
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  const WriteRequest pausing = here_.house.Request();
  const WebhookChange change = here_.ChangeOf(made);
  EXPECT_EQ(here_.Insist([&] { return here_.rows.Pause(change, pausing); }).state,
            WebhookState::kPaused);
  EXPECT_EQ(here_.Insist([&] { return here_.rows.Pause(change, pausing); }).version, 2u)
      << "a repeat changes nothing";
  here_.OpenAndTakeIn(LineId{700});
  here_.SendAll();
  EXPECT_TRUE(receiver->Requests().empty());
  EXPECT_EQ(here_.Read(made).waiting, 1u);
  const WriteRequest resuming = here_.house.Request();
  const WebhookChange back = here_.ChangeOf(made);
  here_.Insist([&] { here_.rows.Resume(back, resuming); });
  here_.SendAll();
  EXPECT_GE(receiver->Requests().size(), 1u);
}

TEST_F(WebhookTest, ThatIsResumedIsSentAtOnceWhatWaitedForItsNextAttempt) {
  const auto receiver = Start(AsTold());
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  here_.OpenAndTakeIn(LineId{700});
  const auto attempts = [&] { return here_.Deliveries(made).at(0).attempts; };
  for (int i = 0; i < 400 && attempts() < 10; ++i) {
    here_.SendAll();
    ground_.clock.Advance(5 * platform::kMinuteUs);
  }
  ASSERT_GT(here_.Deliveries(made).at(0).next_at, ground_.clock.NowUs() + 10 * 60 * 1'000'000LL);
  status_ = "200 OK";
  const WriteRequest pausing = here_.house.Request();
  const WebhookChange pause = here_.ChangeOf(made);
  here_.Insist([&] { here_.rows.Pause(pause, pausing); });
  const WriteRequest resuming = here_.house.Request();
  const WebhookChange resume = here_.ChangeOf(made);
  here_.Insist([&] { here_.rows.Resume(resume, resuming); });
  here_.SendAll();
  EXPECT_TRUE(IsFaulty() || here_.Deliveries(made).at(0).state == DeliveryState::kDelivered);
}

TEST_F(WebhookTest, ThatLeadsElsewhereIsSentAtOnceWhatWaitedForItsNextAttempt) {
  const auto refuses = Start(AnswerWith("500 Error"));
  const auto takes = Start(AnswerWith("200 OK"));
  const Webhook made = here_.Create(refuses->Url(), {"refund.open"}).webhook;
  for (unsigned i = 0; i < 4; ++i) here_.OpenAndTakeIn(LineId{700 + i});
  here_.SendAll();
  ASSERT_NE(here_.Read(made).health.failures, 0u);
  const WriteRequest request = here_.house.Request();
  const WebhookChange change = here_.ChangeOf(made);
  const WebhookSettings settings{"Their system", takes->Url(), {"refund.open"}};
  const auto update = [&] { return here_.webhooks.Update(change, settings, request); };
  EXPECT_EQ(here_.Insist(update).health.failures, 0u);
  here_.SendAll();
  for (const WebhookDelivery& one : here_.Deliveries(made)) {
    EXPECT_TRUE(IsFaulty() || one.state == DeliveryState::kDelivered);
  }
}

TEST_F(WebhookTest, ThatSaysItIsGoneIsPausedWithThatReason) {
  const auto receiver = Start(AnswerWith("410 Gone"));
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  here_.OpenAndTakeIn(LineId{700});
  here_.OpenAndTakeIn(LineId{701});
  here_.SendAll();
  const Webhook now = here_.Read(made);
  EXPECT_EQ(now.state, WebhookState::kPaused);
  EXPECT_EQ(now.pause_reason, PauseReason::kGone);
  EXPECT_EQ(now.pause_detail, "HTTP 410");
  EXPECT_EQ(now.waiting, 2u);
}

TEST_F(WebhookTest, IsSignedWithBothSecretsWhileOneReplacesTheOther) {
  const auto receiver = Start(AnswerWith("200 OK"));
  const WebhookAndSecret first = here_.Create(receiver->Url(), {"refund.open"});
  const WriteRequest request = here_.house.Request();
  const WebhookChange change = here_.ChangeOf(first.webhook);
  const auto rotate = [&] { return here_.webhooks.Rotate(change, kHourUs, request); };
  const WebhookAndSecret second = here_.Insist(rotate);
  EXPECT_NE(second.secret, first.secret);
  EXPECT_EQ(here_.Insist(rotate).secret, second.secret) << "a repeat gets the first answer";
  const auto signature = [&](LineId line) {
    here_.OpenAndTakeIn(line);
    here_.SendAll();
    return HeaderIn(receiver->Requests().back(), platform::kSignatureHeader);
  };
  const auto expected = [&](std::vector<std::string> secrets) {
    return platform::SignatureOf(secrets, ground_.clock.NowUs(), receiver->Requests().back().body);
  };
  const std::string overlapping = signature(LineId{700});
  EXPECT_EQ(overlapping, expected({second.secret, first.secret}));
  ground_.clock.Advance(kHourUs);
  const std::string afterwards = signature(LineId{701});
  EXPECT_EQ(afterwards, expected({second.secret}));
}

TEST_F(WebhookTest, TellsItsSecretOnceAndKeepsItSealed) {
  const WriteRequest request = here_.house.Request();
  const WebhookSettings settings{"Theirs", "https://receiver.example/", {"*"}};
  const auto create = [&] { return here_.webhooks.Create(kShop, settings, kAgent, request); };
  const WebhookAndSecret made = here_.Insist(create);
  EXPECT_TRUE(made.secret.starts_with("whsec_"));
  EXPECT_EQ(here_.Insist(create).secret, made.secret) << "to whom the answer was lost";
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM webhooks WHERE secret LIKE '%whsec%'"), 0);
  const WriteRequest rotation = here_.house.Request();
  const WebhookChange change = here_.ChangeOf(made.webhook);
  here_.Insist([&] { return here_.webhooks.Rotate(change, 0, rotation); });
  EXPECT_EQ(here_.Insist(create).secret, "") << "it is no secret of the webhook any more";
}

TEST_F(WebhookTest, TestIsSentAtOnceAlsoWhilePausedAndNeverAgain) {
  const auto receiver = Start(AsTold());
  const Webhook made = here_.Create(receiver->Url()).webhook;
  const WriteRequest pausing = here_.house.Request();
  const WebhookChange change = here_.ChangeOf(made);
  here_.Insist([&] { here_.rows.Pause(change, pausing); });
  const WriteRequest request = here_.house.Request();
  const auto test = [&] { return here_.webhooks.SendTest(kShop, made.id, request); };
  const WebhookDelivery failed = here_.Insist(test);
  EXPECT_TRUE(IsFaulty() || failed.state == DeliveryState::kTestFailed);
  EXPECT_EQ(here_.Insist(test).id, failed.id) << "a repeat sends nothing";
  const std::size_t sent = receiver->Requests().size();
  EXPECT_EQ(sent, 1u);
  EXPECT_EQ(here_.Read(made).health.failures, 0u) << "a test says nothing of the events";
  status_ = "200 OK";
  const WriteRequest again = here_.house.Request();
  here_.Insist([&] { return here_.webhooks.SendTest(kShop, made.id, again); });
  EXPECT_NE(receiver->Requests().back().body.find("webhook.test"), std::string::npos);
  EXPECT_EQ(here_.Deliveries(made).size(), 2u);
}

TEST_F(WebhookTest, ThatIsDeletedIsForgottenWithItsDeliveriesAndKey) {
  const Webhook made = here_.Create("https://receiver.example/", {"*"}).webhook;
  here_.OpenAndTakeIn(LineId{700});
  const WriteRequest request = here_.house.Request();
  const WebhookChange change = here_.ChangeOf(made);
  for (int again = 0; again < 2; ++again) {
    here_.Insist([&] { here_.rows.Delete(change, request); });
  }
  EXPECT_FALSE(here_.Insist([&] { return here_.rows.Find(kShop, made.id); }).has_value());
  here_.SendAll();
  while (here_.Insist([&] { return here_.upkeep.Tidy({kDayUs, kDayUs}, ground_.clock.NowUs()); })) {
  }
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM webhooks"), 0);
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM webhook_deliveries"), 0);
}

TEST_F(WebhookTest, LogIsKeptForItsTimeAndNobodyIsToldAgainAfterwards) {
  const auto receiver = Start(AnswerWith("200 OK"));
  const Webhook made = here_.Create(receiver->Url()).webhook;
  const CaseId id = here_.OpenAndTakeIn(LineId{700});
  here_.SendAll();
  const auto tidy = [&] {
    here_.Insist([&] {
      return here_.upkeep.Tidy({7 * kDayUs, 30 * kDayUs}, ground_.clock.NowUs());
    });
  };
  ground_.clock.Advance(7 * kDayUs - 1);
  tidy();
  EXPECT_EQ(here_.Deliveries(made).size(), 1u);
  ground_.clock.Advance(24 * kDayUs);
  tidy();
  EXPECT_TRUE(here_.Deliveries(made).empty());
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM webhook_intake"), 0);
  here_.house.Insist(*here_.house.Fire(id, refund::Approve{1000}));
  here_.TakeIn(id);
  const auto told = here_.Deliveries(made);
  ASSERT_EQ(told.size(), 1u) << "of the new step, not of the first one once more";
  EXPECT_EQ(told[0].event_type, "refund.approve");
}

TEST_F(WebhookTest, LogIsReadNewestFirstAlongItsOwnIndex) {
  const Webhook made = here_.Create("https://receiver.example/").webhook;
  for (unsigned i = 0; i < 6; ++i) here_.OpenAndTakeIn(LineId{700 + i});
  DeliveryQuery query{.shop = kShop, .webhook = made.id, .limit = 4};
  const auto first = here_.Insist([&] { return here_.deliveries.List(query); });
  ASSERT_EQ(first.size(), 4u);
  EXPECT_TRUE(std::ranges::is_sorted(first, std::greater{}, &WebhookDelivery::id));
  query.before = first.back().id;
  const auto second = here_.Insist([&] { return here_.deliveries.List(query); });
  ASSERT_EQ(second.size(), 2u);
  EXPECT_LT(second.front().id, first.back().id);
  query.state = DeliveryState::kDelivered;
  EXPECT_TRUE(here_.Insist([&] { return here_.deliveries.List(query); }).empty());
  // The whole webhook is not sorted for a page of it.
  const auto db = ground_.quiet_pool.Acquire();
  auto plan = db->Query(
      "EXPLAIN SELECT d.error FROM webhook_deliveries d FORCE INDEX (webhook_deliveries_newest)"
      " WHERE d.shop_id = 7 AND d.webhook_id = 1 AND d.delivery_id < 9"
      " ORDER BY d.delivery_id DESC LIMIT 4");
  ASSERT_TRUE(plan.Next());
  EXPECT_EQ(plan.OptString(9).value_or("").find("filesort"), std::string::npos);
}

TEST_F(WebhookTest, IsChangedOnlyByWhoSawItsVersionAndNotBeyondTheShopsShare) {
  const Webhook made = here_.Create("https://receiver.example/").webhook;
  WebhookChange stale = here_.ChangeOf(made);
  ++stale.version;
  try {
    here_.Insist([&] { here_.rows.Pause(stale, here_.house.Request()); });
    ADD_FAILURE() << "a version that nobody saw was taken";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "VERSION_CONFLICT");
  }
  try {
    for (std::size_t i = 0; i < kMostWebhooks; ++i) here_.Create("https://receiver.example/");
    ADD_FAILURE() << "there is no bound";
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "WEBHOOKS_FULL");
  }
}

}  // namespace
}  // namespace redress::aftersales
