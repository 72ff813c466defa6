// Reviews over the database: their packed progress, who is not to be contacted over all cases, and
// deadlines that count from the review.

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/history.h"
#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

namespace review = workflows::review;

constexpr LineId kLine{700};
using platform::kDayUs;

std::unique_ptr<Command> Opening(House& house, std::string platform_id = "") {
  OpenReview open;
  open.number = house.numbers.Next(kShop);
  open.line = house.line_facts;
  open.line.line = kLine;
  open.stars = 1;
  open.reviewed_at = house.ground.clock.NowUs() - kDayUs;
  open.platform_review_id = std::move(platform_id);
  return house.Make(house.ids.New<CaseId>(), open);
}

CaseId Opened(House& house) { return house.Insist(*Opening(house)).after.id; }

CaseId Contacting(House& house) {
  const CaseId id = Opened(house);
  house.Insist(*house.Fire(id, review::JudgeGenuine{}));
  return id;
}

CaseId AwaitingRevision(House& house) {
  const CaseId id = Contacting(house);
  house.Insist(*house.Fire(id, review::RecordAttempt{review::ContactChannel::kPhone, true}));
  house.Insist(*house.Fire(id, review::MakeOffer{{review::OfferKind::kCompensation, 500}, true}));
  house.Insist(*house.Fire(id, review::AcceptOffer{}));
  house.Insist(*house.Fire(id, review::RecordFulfilment{}));
  return id;
}

const review::RecordAttempt kAttempt{review::ContactChannel::kChat, true};

TEST(Review, IsStoredAndReadBack) {
  Ground ground;
  House house(ground);
  const CaseId id = AwaitingRevision(house);
  house.Insist(*house.Fire(id, review::ReviewRevised{review::Rating::kGood}));
  const Case stored = house.Now(id);
  EXPECT_EQ(KindOf(stored), kReviewKind);
  EXPECT_TRUE(stored.final);
  EXPECT_EQ(stored.Review().stars, 1);
  EXPECT_EQ(stored.Review().offer.amount, 500);
  EXPECT_EQ(stored.Review().attempts.phone, 1);
  EXPECT_EQ(stored.Review().change, review::Change::kRevised);
  EXPECT_EQ(ground.Count("SELECT COUNT(line_id) FROM line_ledger"), 0);
}

TEST(Review, APlatformsReviewHasOneCase) {
  Ground ground(nullptr);
  House house(ground);
  house.Insist(*Opening(house, "5"));
  try {
    house.Insist(*Opening(house, "5"));
    FAIL() << "a second case of one review";
  } catch (const platform::Refusal& refusal) {
    EXPECT_EQ(refusal.code(), platform::Code::kAlreadyExists);
  }
}

TEST(Review, ABuyerWhoRefusesContactIsLeftAloneInEveryCase) {
  Ground ground;
  House house(ground);
  const CaseId first = Contacting(house);
  const CaseId second = Contacting(house);
  house.Insist(*house.Fire(first, review::RefuseContact{}));
  EXPECT_EQ(house.Reason(*house.Fire(second, kAttempt)), "DO_NOT_CONTACT");
  const CaseId later = Opened(house);
  EXPECT_EQ(house.Insist(*house.Fire(later, review::JudgeGenuine{})).after.state, "Replying");
  EXPECT_TRUE(house.cases.IsContactRefused(kShop, house.line_facts.customer));
  EXPECT_FALSE(house.cases.IsContactRefused(kShop, CustomerId{4711}));
  EXPECT_FALSE(house.cases.IsContactRefused(ShopId{8}, house.line_facts.customer));
  EXPECT_FALSE(house.cases.IsContactRefused(kShop, CustomerId{}));
}

TEST(Review, TheFirstRefusalOfContactIsKept) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId first = Contacting(house);
  const CaseId second = Contacting(house);
  house.Insist(*house.Fire(first, review::RefuseContact{}));
  house.Insist(*house.Fire(second, review::RefuseContact{}));
  EXPECT_EQ(ground.Count("SELECT COUNT(case_id) FROM contact_refusals"), 1);
  EXPECT_EQ(ground.Count("SELECT case_id FROM contact_refusals"),
            static_cast<std::int64_t>(first.value));
}

// An attempt that races the refusal may still come before it; after it there is none, in whatever
// state the race has left a case.
TEST(Review, WhoeverRacedARefusalContactsNobodyAfterIt) {
  Ground ground(nullptr);
  House house(ground);
  constexpr int kCases = 12;
  std::vector<CaseId> ids;
  for (int i = 0; i < kCases; ++i) ids.push_back(Contacting(house));
  const CaseId refusing = Contacting(house);
  Together(kCases + 1, [&](int i) {
    if (i == kCases) {
      house.Insist(*house.Fire(refusing, review::RefuseContact{}));
    } else {
      house.Reason(*house.Fire(ids[static_cast<std::size_t>(i)], kAttempt));
    }
  });
  for (const CaseId id : ids) {
    const std::string reason =
        house.Reason(*house.Fire(id, review::MakeOffer{{review::OfferKind::kOther, 0}, true}));
    const bool talked = house.Now(id).state == "Negotiating";
    EXPECT_EQ(reason, talked ? "DO_NOT_CONTACT" : "NOT_LEGAL_IN_STATE");
    EXPECT_EQ(house.Reason(*house.Fire(id, kAttempt)),
              talked ? "NOT_LEGAL_IN_STATE" : "DO_NOT_CONTACT");
  }
}

TEST(Review, Day27FiresFromTheTimer) {
  Ground ground(nullptr);
  House house(ground);
  const CaseId id = AwaitingRevision(house);
  DeadlineTimer timer({}, house.deadlines, house.engine, ground.clock);
  ground.clock.Advance(house.Now(id).Review().reviewed_at + 27 * kDayUs - 1 - ground.clock.NowUs());
  timer.Round();
  EXPECT_EQ(house.Now(id).state, "AwaitingRevision");
  EXPECT_EQ(house.Now(id).needs_person, "DEADLINE_NEAR");
  ground.clock.Advance(1);
  timer.Round();
  EXPECT_EQ(house.Now(id).state, "Replying");
  EXPECT_EQ(house.Now(id).due_at, house.Now(id).Review().reviewed_at + 29 * kDayUs);
}

TEST(Review, ItsHistoryVerifies) {
  Ground ground;
  House house(ground);
  const CaseId id = AwaitingRevision(house);
  house.Insist(*house.Fire(id, review::RecordRefusal{}));
  house.Insist(*house.Fire(id, review::PublishReply{}));
  const auto report = VerifyHistory(house.cases, kShop, id);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->intact());
  EXPECT_EQ(report->steps_replayed, report->steps);
}

}  // namespace
}  // namespace redress::aftersales
