// From a step to somebody else's HTTPS server and into the delivery log, over the database:
// receivers that are slow, hang, refuse, lie or are gone, and senders that die.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "services/platform/json/json.h"
#include "services/platform/webhooks/retry.h"
#include "services/platform/webhooks/signature.h"
#include "tests/integration/aftersales/webhook_desk.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::aftersales {
namespace {

using platform::kDayUs;
using platform::kMinuteUs;
using platform::kSecondUs;
using std::chrono::milliseconds;
using test::AnswerWith;
using test::Receiver;
namespace refund = workflows::refund;

constexpr char kCountWaiting[] =
    "SELECT COUNT(shop_id) FROM webhook_deliveries WHERE state IN (1, 2)";

TEST_F(WebhookTest, BringsEachStepOnceAndSigned) {
  const auto receiver = Start(AnswerWith("204 No Content"));
  const WebhookAndSecret made = here_.Create(receiver->Url(), {"refund.*"});
  const CaseId id = here_.house.OpenCase(LineId{700}, 1000);
  here_.house.Insist(*here_.house.Fire(id, refund::Approve{1000}));
  here_.TakeIn(id);
  here_.SendAll();
  std::set<std::string> types;
  for (const Receiver::Request& request : receiver->Requests()) {
    types.insert(platform::ParseJson(request.body).Find("type")->text);
    const std::string signature = HeaderIn(request, platform::kSignatureHeader);
    EXPECT_EQ(signature,
              platform::SignatureOf(std::vector{made.secret}, ground_.clock.NowUs(), request.body));
    EXPECT_TRUE(HeaderIn(request, "Content-Type").starts_with("application/cloudevents+json"));
  }
  EXPECT_EQ(types, (std::set<std::string>{"refund.open", "refund.approve"}));
  for (const WebhookDelivery& one : here_.Deliveries(made.webhook)) {
    EXPECT_EQ(one.state, DeliveryState::kDelivered);
    EXPECT_EQ(one.status, 204);
  }
  EXPECT_GE(receiver->Requests().size(), 2u);
  EXPECT_TRUE(IsFaulty() || receiver->Requests().size() == 2u);
}

TEST_F(WebhookTest, TellsAWarehouseOfTheWorkThatIsQueuedForIt) {
  const auto receiver = Start(AnswerWith("200 OK"));
  here_.Create(receiver->Url(), {"warehouse_task.*"});
  const WarehouseTask task = here_.house.ReturnUnderWay(LineId{700});
  here_.TakeIn(task.case_id);
  here_.SendAll();
  ASSERT_FALSE(receiver->Requests().empty());
  const std::string body = receiver->Requests().at(0).body;
  const platform::JsonValue event = platform::ParseJson(body);
  EXPECT_EQ(event.Find("type")->text, "warehouse_task.queued");
  EXPECT_EQ(event.Find("data")->Find("task_id")->text, platform::ToString(task.id));
}

TEST_F(WebhookTest, HearsOnlyOfWhatHappensAfterItIsMade) {
  const CaseId id = here_.house.OpenCase(LineId{700}, 1000);
  ground_.clock.Advance(kMinuteUs);
  const Webhook made = here_.Create("https://receiver.example/").webhook;
  here_.house.Insist(*here_.house.Fire(id, refund::Approve{1000}));
  here_.TakeIn(id);
  const auto deliveries = here_.Deliveries(made);
  ASSERT_EQ(deliveries.size(), 1u);
  EXPECT_EQ(deliveries[0].event_type, "refund.approve");
}

TEST_F(WebhookTest, BeginsWithItsCreationAndReadsNothingOfTheTimeBefore) {
  const CaseId at_rest = here_.house.OpenCase(LineId{700}, 1000);
  const CaseId moves = here_.house.OpenCase(LineId{701}, 1000);
  const std::int64_t before = ground_.clock.NowUs();
  ground_.clock.Advance(kMinuteUs);
  const Webhook made = here_.Create("https://receiver.example/").webhook;
  here_.house.Insist(*here_.house.Fire(moves, refund::Approve{1000}));
  const std::pair<ShopId, CaseId> asked[] = {{kShop, at_rest}, {kShop, moves}};
  const auto missing =
      here_.Insist([&] { return here_.intake.FirstMissing(asked, ground_.clock.NowUs()); });
  EXPECT_FALSE(missing.at(0).has_value()) << "it came to rest before";
  EXPECT_TRUE(missing.at(1).has_value());
  const CaseHead old[] = {{kShop, at_rest, 1, before}};
  here_.Insist([&] { here_.intake.TakeIn(old, ground_.clock.NowUs()); });
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM webhook_intake"), 0);
  here_.TakeIn(moves);
  ASSERT_EQ(here_.Deliveries(made).size(), 1u);
  EXPECT_EQ(here_.Deliveries(made).at(0).event.sequence, 2u);
}

TEST_F(WebhookTest, MakesEachDeliveryOnceHoweverOftenAndByWhomItIsTakenIn) {
  const Webhook made = here_.Create("https://receiver.example/").webhook;
  std::vector<CaseId> cases;
  for (unsigned i = 0; i < 4; ++i) {
    cases.push_back(here_.house.OpenCase(LineId{700 + i}, 1000));
    here_.house.Insist(*here_.house.Fire(cases.back(), refund::Approve{1000}));
  }
  Together(8, [&](int i) {
    WebhookDesk& desk = i % 2 == 0 ? here_ : there_;
    // Some hear of the first step, some of the last, some in the reverse order.
    for (std::uint32_t sequence : {1U + static_cast<std::uint32_t>(i) % 2, 2U, 1U}) {
      for (const CaseId id : cases) {
        const CaseHead heads[] = {{kShop, id, sequence}};
        desk.Insist([&] { desk.intake.TakeIn(heads, ground_.clock.NowUs()); });
      }
    }
  });
  EXPECT_EQ(here_.Deliveries(made).size(), 8u);
  const std::pair<ShopId, CaseId> asked[] = {{kShop, cases[0]}, {ShopId{8}, CaseId{1}}};
  const auto missing =
      here_.Insist([&] { return here_.intake.FirstMissing(asked, ground_.clock.NowUs()); });
  EXPECT_EQ(missing.at(0), 3u);
  EXPECT_FALSE(missing.at(1).has_value()) << "a shop without webhooks needs nothing";
}

TEST_F(WebhookTest, IsSentAgainEverMoreSeldomAndIsADeadLetterInTheEnd) {
  const auto receiver = Start(AsTold());
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  here_.OpenAndTakeIn(LineId{700});
  for (int i = 0; i < 400 && here_.Deliveries(made).at(0).state != DeliveryState::kDeadLetter;
       ++i) {
    here_.SendAll();
    ground_.clock.Advance(15 * kMinuteUs);
    // Paused after a day; somebody insists.
    if (here_.Read(made).state != WebhookState::kPaused) continue;
    EXPECT_EQ(here_.Read(made).pause_reason, PauseReason::kFailing);
    EXPECT_EQ(here_.Read(made).pause_detail, "HTTP 500");
    const WriteRequest request = here_.house.Request();
    const WebhookChange change = here_.ChangeOf(made);
    here_.Insist([&] { here_.rows.Resume(change, request); });
  }
  const WebhookDelivery dead = here_.Deliveries(made).at(0);
  EXPECT_EQ(dead.state, DeliveryState::kDeadLetter);
  EXPECT_EQ(dead.status, 500);
  EXPECT_LE(dead.attempts, platform::kMostAttempts);
  EXPECT_GE(receiver->Requests().size(), 10u);
  EXPECT_EQ(here_.Read(made).dead_letters, 1u);

  status_ = "200 OK";
  const WriteRequest request = here_.house.Request();
  here_.Insist(
      [&] { return here_.deliveries.Replay(kShop, dead.id, ground_.clock.NowUs(), request); });
  here_.SendAll();
  EXPECT_EQ(here_.Deliveries(made).at(0).state, DeliveryState::kDelivered);
  EXPECT_EQ(here_.Read(made).health.failures, 0u);
  EXPECT_EQ(here_
                .Insist([&] {
                  return here_.deliveries.Replay(kShop, dead.id, ground_.clock.NowUs(), request);
                })
                .state,
            DeliveryState::kDelivered)
      << "a repeat of the replay sends nothing again";
}

TEST_F(WebhookTest, WhoseEventCannotBeReadGoesOnWithTheNext) {
  const auto receiver = Start(AnswerWith("200 OK"));
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  const CaseId damaged = here_.OpenAndTakeIn(LineId{700});
  here_.OpenAndTakeIn(LineId{701});
  ground_.quiet_pool.Acquire()->Execute(
      "UPDATE steps SET snapshot = LEFT(snapshot, 5) WHERE shop_id = ? AND case_id = ?",
      {kShop, damaged});
  here_.SendAll();
  for (const WebhookDelivery& one : here_.Deliveries(made)) {
    if (one.event.case_id == damaged) {
      EXPECT_EQ(one.state, DeliveryState::kDeadLetter);
      EXPECT_EQ(one.error, "its step cannot be read: a step's snapshot is cut short");
    } else {
      EXPECT_TRUE(IsFaulty() || one.state == DeliveryState::kDelivered);
    }
  }
}

TEST_F(WebhookTest, ReplaysAllDeadLettersOfAWebhookOnce) {
  const auto receiver = Start(AsTold());
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  for (unsigned i = 0; i < 5; ++i) here_.OpenAndTakeIn(LineId{700 + i});
  const auto all_tried = [&] {
    return std::ranges::all_of(here_.Deliveries(made),
                               [](const WebhookDelivery& one) { return one.attempts > 0; });
  };
  for (int i = 0; i < 100 && !all_tried(); ++i) {
    here_.SendAll();
    ground_.clock.Advance(kSecondUs);
  }
  ASSERT_TRUE(all_tried());
  status_ = "200 OK";
  ground_.clock.Advance(4 * kDayUs);
  here_.Insist([&] {
    return here_.upkeep.Tidy({30 * kDayUs, 30 * kDayUs}, ground_.clock.NowUs());
  });
  EXPECT_EQ(here_.Read(made).dead_letters, 5u) << "they were not taken for three days";
  const WriteRequest request = here_.house.Request();
  for (int again = 0; again < 2; ++again) {
    const auto replayed = here_.Insist([&] {
      return here_.deliveries.ReplayDeadLetters(kShop, made.id, ground_.clock.NowUs(), request);
    });
    EXPECT_EQ(replayed.replayed, 5u) << "the repeat gets the first answer";
    EXPECT_FALSE(replayed.has_more);
  }
  here_.SendAll();
  EXPECT_EQ(here_.Read(made).dead_letters, 0u);
  EXPECT_GE(receiver->Requests().size(), 5u);
}

TEST_F(WebhookTest, BacklogOfAPausedOneIsAsGoodAsNewWhenItIsResumed) {
  const auto receiver = Start(AsTold());
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  const auto change = [&](auto method) {
    const WriteRequest request = here_.house.Request();
    const WebhookChange asked = here_.ChangeOf(made);
    here_.Insist([&] { (here_.rows.*method)(asked, request); });
  };
  change(&SqlWebhookRepository::Pause);
  here_.OpenAndTakeIn(LineId{700});
  ground_.clock.Advance(10 * kDayUs);
  const auto tidy = [&] {
    here_.Insist([&] {
      return here_.upkeep.Tidy({30 * kDayUs, 30 * kDayUs}, ground_.clock.NowUs());
    });
  };
  tidy();
  change(&SqlWebhookRepository::Resume);
  here_.SendAll();
  tidy();
  const WebhookDelivery tried = here_.Deliveries(made).at(0);
  EXPECT_NE(tried.state, DeliveryState::kDeadLetter) << "its first attempt failed, no more";
  EXPECT_TRUE(IsFaulty() || tried.attempts == 1u) << "claims whose answer was lost count";
  status_ = "200 OK";
  ground_.clock.Advance(kMinuteUs);
  here_.SendAll();
  EXPECT_TRUE(IsFaulty() || here_.Deliveries(made).at(0).state == DeliveryState::kDelivered);
}

TEST_F(WebhookTest, OfAPausedOneAreGivenUpAfterThirtyDays) {
  const Webhook made = here_.Create("https://receiver.example/", {"refund.open"}).webhook;
  here_.OpenAndTakeIn(LineId{700});
  ground_.clock.Advance(30 * kDayUs + 1);
  here_.Insist([&] {
    return here_.upkeep.Tidy({40 * kDayUs, 40 * kDayUs}, ground_.clock.NowUs());
  });
  EXPECT_EQ(here_.Deliveries(made).at(0).state, DeliveryState::kDeadLetter);
}

TEST_F(WebhookTest, AHangingAddressKeepsNobodyElseWaiting) {
  std::atomic<int> hanging = 0;
  const auto dead = Start([&](const Receiver::Request&, const Receiver::Write& write) {
    ++hanging;
    while (write("HTTP/1.1 200 OK\r\nX-Slow: a\r\n")) {
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  const auto alive = Start(AnswerWith("200 OK"));
  const Webhook hangs = here_.Create(dead->Url(), {"refund.open"}).webhook;
  const Webhook works = here_.Create(alive->Url(), {"refund.open"}).webhook;
  for (unsigned i = 0; i < 30; ++i) here_.OpenAndTakeIn(LineId{700 + i});
  const auto begun = std::chrono::steady_clock::now();
  // Of the eight sound senders the one that hangs can have four at first, and none later.
  here_.StartSending(8, 1);
  const auto all_taken = [&] {
    if (IsFaulty()) ground_.clock.Advance(kSecondUs);  // what a fault left claimed
    const auto deliveries = here_.Deliveries(works);
    return std::ranges::all_of(deliveries, [](const WebhookDelivery& one) {
      return one.state == DeliveryState::kDelivered;
    });
  };
  EXPECT_TRUE(test::WaitFor(all_taken, std::chrono::seconds(20)));
  const auto took = std::chrono::steady_clock::now() - begun;
  EXPECT_TRUE(test::WaitFor([&] { return hanging > 0; }));
  EXPECT_EQ(std::ranges::count(here_.Deliveries(hangs), DeliveryState::kDelivered,
                               &WebhookDelivery::state),
            0);
  test::Figure("webhook_healthy_beside_hanging_ms",
               static_cast<double>(std::chrono::duration_cast<milliseconds>(took).count()), "ms");
}

TEST_F(WebhookTest, FollowsNoRedirectAndTrustsNoStrangersCertificate) {
  const auto target = Start(AnswerWith("200 OK"));
  const auto redirects = Start([&](const Receiver::Request&, const Receiver::Write& write) {
    write("HTTP/1.1 308 Permanent Redirect\r\nLocation: " + target->Url() +
          "\r\nContent-Length: 0\r\n\r\n");
  });
  const test::CertificateAuthority stranger;
  Receiver untrusted(stranger.Issue("localhost"), AnswerWith("200 OK"));
  const Webhook elsewhere = here_.Create(redirects->Url(), {"refund.open"}).webhook;
  const Webhook strange = here_.Create(untrusted.Url(), {"refund.open"}).webhook;
  here_.OpenAndTakeIn(LineId{700});
  here_.SendAll();
  EXPECT_EQ(here_.Deliveries(elsewhere).at(0).status, 308);
  EXPECT_EQ(here_.Deliveries(strange).at(0).status, 0);
  EXPECT_NE(here_.Deliveries(strange).at(0).error, "");
  for (const Webhook& one : {elsewhere, strange}) {
    EXPECT_EQ(here_.Deliveries(one).at(0).state, DeliveryState::kWaiting);
  }
  EXPECT_TRUE(target->Requests().empty());
  EXPECT_TRUE(untrusted.Requests().empty());
}

TEST_F(WebhookTest, DoesNotReachAPrivateAddressThatANameTurnsInto) {
  platform::PosterOptions options = Options();
  options.private_addresses_allowed = false;
  WebhookDesk production(ground_, 3, options);
  const auto receiver = Start(AnswerWith("200 OK"));
  // The name was somebody's when it was set; now it leads to this machine.
  const Webhook made = production.Create(receiver->Url("localhost"), {"refund.open"}).webhook;
  production.OpenAndTakeIn(LineId{700});
  production.SendAll();
  const WebhookDelivery refused = production.Deliveries(made).at(0);
  EXPECT_EQ(refused.state, DeliveryState::kWaiting);
  EXPECT_NE(refused.error.find("private network"), std::string::npos) << refused.error;
  EXPECT_TRUE(receiver->Requests().empty());
}

TEST_F(WebhookTest, ThatWasClaimedByAProcessThatDiedIsSentByAnother) {
  const auto receiver = Start(AnswerWith("200 OK"));
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  here_.OpenAndTakeIn(LineId{700});
  const WebhookAddress address{kShop, made.id};
  const std::int64_t now = ground_.clock.NowUs();
  const auto claim = [&](WebhookDesk& desk, std::int64_t at_us) {
    return desk.Insist([&] { return desk.deliveries.Claim(address, at_us, at_us + kMinuteUs); });
  };
  std::optional<WebhookJob> job = claim(here_, now);
  // A COMMIT whose answer was lost may have claimed it before: then it is free after the lease.
  if (!job) job = claim(here_, now + kMinuteUs);
  ASSERT_TRUE(job.has_value());
  EXPECT_FALSE(claim(there_, job->delivery.attempted_at).has_value()) << "one at a time sends it";
  ground_.clock.Set(job->delivery.next_at);
  there_.SendAll();
  EXPECT_GE(receiver->Requests().size(), 1u);
  EXPECT_EQ(here_.Deliveries(made).at(0).state, DeliveryState::kDelivered);
  // The first one was not dead, only slow: what it says now changes nothing.
  WebhookAttempt late;
  late.outcome.status = 500;
  late.ended_at = ground_.clock.NowUs();
  here_.Insist([&] { return here_.deliveries.Record(*job, late); });
  EXPECT_EQ(here_.Deliveries(made).at(0).state, DeliveryState::kDelivered);
  const std::size_t sent = receiver->Requests().size();
  ground_.clock.Advance(kDayUs);
  there_.SendAll();
  EXPECT_EQ(receiver->Requests().size(), sent) << "what was taken is not sent again";
}

TEST_F(WebhookTest, AFailureWhoseRecordWasAnsweredByNobodyCountsOnce) {
  platform::FaultPlan faults;
  Ground ground(&faults);
  WebhookDesk desk(ground, 1, Options());
  const Webhook made = desk.Create("https://receiver.example/", {"refund.open"}).webhook;
  desk.OpenAndTakeIn(LineId{700});
  const std::int64_t now = ground.clock.NowUs();
  const auto job = desk.deliveries.Claim({kShop, made.id}, now, now + kMinuteUs);
  ASSERT_TRUE(job.has_value());
  WebhookAttempt failed;
  failed.outcome.status = 500;
  failed.ended_at = now;
  faults.Force(platform::FaultPlan::Fault::kCutAfter);
  desk.deliveries.Record(*job, failed);
  EXPECT_EQ(desk.Read(made).health.failures, 1u);
}

TEST_F(WebhookTest, IsSentByManySendersOfTwoProcessesWithoutLoss) {
  const auto receiver = Start(AnswerWith("200 OK"));
  const Webhook made = here_.Create(receiver->Url(), {"refund.open"}).webhook;
  for (unsigned i = 0; i < 40; ++i) here_.OpenAndTakeIn(LineId{700 + i});
  here_.StartSending(4, 1);
  there_.StartSending(4, 1);
  EXPECT_TRUE(test::WaitFor(
      [&] {
        // A sender whose answer from the database was lost leaves its event to the lease's end.
        ground_.clock.Advance(kMinuteUs / 60);
        return ground_.Count(kCountWaiting) == 0;
      },
      std::chrono::seconds(60)));
  std::set<std::string> ids;
  for (const Receiver::Request& request : receiver->Requests()) {
    ids.insert(platform::ParseJson(request.body).Find("id")->text);
  }
  EXPECT_EQ(ids.size(), 40u);
  for (const WebhookDelivery& one : here_.Deliveries(made)) {
    EXPECT_EQ(one.state, DeliveryState::kDelivered);
  }
}

}  // namespace
}  // namespace redress::aftersales
