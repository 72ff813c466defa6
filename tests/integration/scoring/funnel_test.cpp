// The funnel from a real database: whatever the order in which facts came, and page by page.

#include "services/scoring/domain/funnel.h"
#include "services/platform/base/errors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "services/scoring/api/directory_calendar.h"
#include "services/scoring/api/funnel_api.h"
#include "services/scoring/domain/intake.h"
#include "services/scoring/store/database_fact_book.h"
#include "services/scoring/store/database_funnel.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/scoring/scoring_schema.h"
#include "tests/unit/scoring/random_histories.h"

namespace redress::scoring {
namespace {

namespace v1 = redress::scoring::v1;
using platform::Role;
using redress::test::GuardedServer;
using test::kDay;

constexpr ShopId kShop{1};
// Of the random histories: 2023-11-14 to 2024-02.
constexpr std::int64_t kFirstDay = 19'675;
constexpr std::int64_t kLastDay = 19'700;

std::vector<Fact> Cases(std::uint32_t seed, std::uint32_t shops = 2) {
  std::mt19937 random(seed);
  return test::RandomHistory(random, {.shops = shops, .orders = 5, .adjustments = 3, .cases = 200});
}

FunnelSpan Span(const test::EightHoursAhead& calendar, const std::string& kind) {
  return {kShop, kind, 0, calendar.DayStart(kShop, kFirstDay),
          calendar.DayStart(kShop, kLastDay + 1)};
}

// The same by going through the facts one by one.
FunnelCounts CountInMemory(std::vector<Fact> facts, const FunnelSpan& span) {
  std::sort(facts.begin(), facts.end(), [](const Fact& a, const Fact& b) {
    return std::tie(a.aggregate, a.sequence) < std::tie(b.aggregate, b.sequence);
  });
  FunnelCounts counts;
  std::map<Edge, std::set<std::uint64_t>> takers;
  std::map<std::string, std::set<std::uint64_t>> enterers;
  struct Walk {
    std::int64_t since = 0;
    bool is_whole = false;  // since then
    std::uint32_t sequence = 0;
    std::string state;
  };
  std::map<std::uint64_t, Walk> walks;
  for (const Fact& fact : facts) {
    const auto* step = std::get_if<CaseFact>(&fact.what);
    if (step == nullptr || fact.aggregate.shop != span.shop || step->kind != span.kind) continue;
    const std::uint64_t id = fact.aggregate.id;
    Walk& walk = walks[id];
    const Walk before = walk;
    const bool has_edge = fact.sequence == 1 || !step->from_state.empty();
    const bool moves = step->from_state != step->to_state;
    walk.is_whole =
        has_edge && (moves || (before.is_whole && fact.sequence == before.sequence + 1));
    if (moves) walk.since = fact.occurred_at_us;
    walk.sequence = fact.sequence;
    walk.state = step->to_state;
    if (fact.occurred_at_us < span.from_us || fact.occurred_at_us >= span.before_us) continue;
    ++counts.steps_of_version[step->workflow_version];
    if (span.workflow_version != 0 && step->workflow_version != span.workflow_version) continue;
    if (!has_edge) {
      ++counts.unknown_steps;
      continue;
    }
    const Edge edge{step->from_state, step->event, step->to_state};
    ++counts.edges[edge].times;
    takers[edge].insert(id);
    if (step->is_final) counts.final[step->to_state] = true;
    if (!moves) continue;
    ++counts.entered[step->to_state].times;
    enterers[step->to_state].insert(id);
    if (step->from_state.empty()) continue;
    if (before.is_whole && fact.sequence == before.sequence + 1 &&
        before.state == step->from_state) {
      counts.stays[step->from_state].push_back(fact.occurred_at_us - before.since);
    } else {
      ++counts.unknown_stays[step->from_state];
    }
  }
  for (auto& [edge, passage] : counts.edges) passage.cases = takers[edge].size();
  for (auto& [state, passage] : counts.entered) passage.cases = enterers[state].size();
  for (const auto& [id, walk] : walks) ++counts.now[walk.state];
  return counts;
}

TEST(FunnelStore, CountsTheSameInWhateverOrderFactsCame) {
  const auto facts = Cases(21);
  const test::EightHoursAhead calendar;
  platform::ManualClock clock(1'000);
  for (const std::uint32_t seed : {1u, 2u, 3u}) {
    const auto pool = test::NewScoringSchema();
    DatabaseFactRepository repository(*pool);
    Intake intake(repository, calendar, clock);
    std::mt19937 random(seed);
    const auto shuffled = test::ShuffledAndRepeated(facts, random);
    for (std::size_t from = 0; from < shuffled.size(); from += 60) {
      intake.Take(
          std::span(shuffled).subspan(from, std::min<std::size_t>(60, shuffled.size() - from)));
    }
    DatabaseFunnel funnel(*pool, {.page = 50 * seed});
    for (const char* kind : {"refund", "dispute", "review"}) {
      const FunnelSpan span = Span(calendar, kind);
      const FunnelCounts expected = CountInMemory(facts, span);
      const FunnelCounts counted = funnel.Count(span);
      EXPECT_EQ(counted.edges, expected.edges) << kind;
      EXPECT_EQ(counted.steps_of_version, expected.steps_of_version) << kind;
      EXPECT_GT(counted.edges.size(), 4u);
      EXPECT_EQ(StatesOf(counted), StatesOf(expected)) << kind;
    }
  }
}

TEST(FunnelStore, KeepsToOneVersionOfTheMachine) {
  const auto facts = Cases(22);
  const test::EightHoursAhead calendar;
  platform::ManualClock clock(1'000);
  const auto pool = test::NewScoringSchema();
  DatabaseFactRepository repository(*pool);
  Intake(repository, calendar, clock).Take(facts);
  FunnelSpan span = Span(calendar, "refund");
  span.workflow_version = 2;
  const FunnelCounts expected = CountInMemory(facts, span);
  const FunnelCounts counted = DatabaseFunnel(*pool).Count(span);
  EXPECT_EQ(counted.edges, expected.edges);
  EXPECT_EQ(counted.entered, expected.entered);
  EXPECT_GT(counted.steps_of_version.size(), 1u) << "whatever version was asked for";
}

// Takes the facts as they are and compares every count of refunds.
FunnelCounts CountBoth(const std::vector<Fact>& facts) {
  const test::EightHoursAhead calendar;
  platform::ManualClock clock(1'000);
  const auto pool = test::NewScoringSchema();
  DatabaseFactRepository repository(*pool);
  Intake(repository, calendar, clock).Take(facts);
  const FunnelSpan span = Span(calendar, "refund");
  const FunnelCounts expected = CountInMemory(facts, span);
  const FunnelCounts counted = DatabaseFunnel(*pool, {.page = 40}).Count(span);
  EXPECT_EQ(counted.edges, expected.edges);
  EXPECT_EQ(counted.entered, expected.entered);
  EXPECT_EQ(counted.unknown_steps, expected.unknown_steps);
  EXPECT_EQ(counted.unknown_stays, expected.unknown_stays);
  FunnelCounts both = counted;
  both.now = expected.now;  // a case with a gap stands where its last known step led, or nowhere
  EXPECT_EQ(StatesOf(both), StatesOf(expected));
  return counted;
}

TEST(FunnelStore, LeavesOutStaysAcrossAGap) {
  std::vector<Fact> facts = Cases(24, 1);
  EXPECT_TRUE(CountBoth(facts).unknown_stays.empty());
  std::erase_if(facts, [](const Fact& fact) {
    return fact.aggregate.source == Source::kAftersales && fact.sequence == 2;
  });
  EXPECT_FALSE(CountBoth(facts).unknown_stays.empty());
}

TEST(FunnelStore, StepsFromBeforeEdgesWereKeptOpenNothing) {
  std::vector<Fact> facts = Cases(25, 1);
  const FunnelCounts whole = CountBoth(facts);
  for (Fact& fact : facts) {
    auto* step = std::get_if<CaseFact>(&fact.what);
    if (step == nullptr || fact.sequence > 3) continue;
    step->from_state.clear();
    step->workflow_version = 0;
  }
  const FunnelCounts counted = CountBoth(facts);
  EXPECT_GT(counted.unknown_steps, 0u);
  const auto openings = [](const FunnelCounts& counts) {
    std::uint64_t times = 0;
    for (const auto& [edge, passage] : counts.edges) {
      if (edge.from_state.empty()) times += passage.times;
    }
    return times;
  };
  EXPECT_EQ(openings(counted), openings(whole));
}

TEST(FunnelStore, RefusesMoreThanItCountsAtOnce) {
  const test::EightHoursAhead calendar;
  platform::ManualClock clock(1'000);
  const auto pool = test::NewScoringSchema();
  DatabaseFactRepository repository(*pool);
  Intake(repository, calendar, clock).Take(Cases(26, 1));
  DatabaseFunnel funnel(*pool, {.page = 10, .steps = 20});
  try {
    funnel.Count(Span(calendar, "refund"));
    ADD_FAILURE() << "was counted";
  } catch (const platform::Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "SPAN_TOO_LARGE");
  }
}

class FunnelApiTest : public testing::Test {
 protected:
  FunnelApiTest() {
    agent_ = server_.Member(AccountId{7}, kShop, {Role::ROLE_AGENT});
    supervisor_ = server_.Member(AccountId{9}, kShop, {Role::ROLE_SUPERVISOR});
    server_.Start({&api_});
    stub_ = v1::FunnelService::NewStub(server_.Channel());
    Intake(repository_, calendar_, server_.clock()).Take(Cases(23, 1));
  }

  static v1::FunnelQuery Query() {
    v1::FunnelQuery query;
    query.set_kind("refund");
    query.set_from_day("2023-11-14");
    query.set_to_day("2024-03-01");
    return query;
  }

  grpc::Status Get(const std::string& token, const v1::FunnelQuery& query,
                   v1::GetFunnelResponse* response) {
    grpc::ClientContext context;
    GuardedServer::As(context, token, kShop);
    v1::GetFunnelRequest request;
    *request.mutable_query() = query;
    return stub_->GetFunnel(&context, request, response);
  }

  // Every case behind a count, page by page.
  std::vector<std::string> Behind(v1::ListFunnelCasesRequest request) {
    *request.mutable_query() = Query();
    request.set_page_size(3);
    std::vector<std::string> steps;
    do {
      grpc::ClientContext context;
      GuardedServer::As(context, supervisor_, kShop);
      v1::ListFunnelCasesResponse page;
      EXPECT_TRUE(stub_->ListFunnelCases(&context, request, &page).ok());
      EXPECT_LE(page.cases_size(), 3);
      for (const auto& one : page.cases()) {
        steps.push_back(one.case_id() + "/" + std::to_string(one.sequence()));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return steps;
  }

  std::unique_ptr<platform::Pool> pool_ = test::NewScoringSchema();
  GuardedServer server_;
  DirectoryCalendar calendar_{server_.directory()};
  DatabaseFactRepository repository_{*pool_};
  DatabaseFunnel reader_{*pool_};
  std::set<std::string> ends_;
  FunnelApi api_{server_.guard(), reader_, calendar_,
                 [this](const platform::Call&, const std::string&) { return ends_; }};
  std::string agent_;
  std::string supervisor_;
  std::unique_ptr<v1::FunnelService::Stub> stub_;
};

TEST_F(FunnelApiTest, CasesBehindACountAreAsManyAsItSays) {
  v1::GetFunnelResponse funnel;
  ASSERT_TRUE(Get(agent_, Query(), &funnel).ok());
  ASSERT_GT(funnel.states_size(), 5);
  for (const auto& state : funnel.states()) {
    v1::ListFunnelCasesRequest entered;
    entered.set_entered(state.state());
    const auto steps = Behind(entered);
    EXPECT_EQ(steps.size(), state.entered()) << state.state();
    EXPECT_EQ(std::set(steps.begin(), steps.end()).size(), steps.size());
    v1::ListFunnelCasesRequest now;
    now.set_now(state.state());
    EXPECT_EQ(Behind(now).size(), state.now()) << state.state();
  }
  for (const auto& edge : funnel.edges()) {
    v1::ListFunnelCasesRequest taken;
    *taken.mutable_edge() = edge;
    EXPECT_EQ(Behind(taken).size(), edge.taken()) << edge.event();
  }
}

TEST_F(FunnelApiTest, ADayIsADayOfTheShopsZone) {
  // By hand: days of a shop that is eight hours ahead, and what they would be by UTC.
  std::map<std::int64_t, std::uint64_t> in_zone;
  std::map<std::int64_t, std::uint64_t> in_utc;
  for (const Fact& fact : Cases(23, 1)) {
    const auto* step = std::get_if<CaseFact>(&fact.what);
    if (step == nullptr || step->kind != "refund") continue;
    ++in_zone[(fact.occurred_at_us + 8 * platform::kHourUs) / kDay];
    ++in_utc[fact.occurred_at_us / kDay];
  }
  ASSERT_NE(in_zone, in_utc);
  std::map<std::int64_t, std::uint64_t> counted;
  for (std::int64_t day = kFirstDay; day < kFirstDay + 120; ++day) {
    v1::FunnelQuery query = Query();
    query.set_from_day(platform::DayText(day));
    query.set_to_day(platform::DayText(day));
    v1::GetFunnelResponse one;
    ASSERT_TRUE(Get(supervisor_, query, &one).ok());
    for (const auto& edge : one.edges()) counted[day] += edge.taken();
  }
  EXPECT_EQ(counted, in_zone);
}

TEST_F(FunnelApiTest, AStateIsAnEndAsTheMachineSaysIt) {
  const auto said = [this] {
    std::set<std::string> ends;
    v1::FunnelQuery query = Query();
    query.set_from_day("2023-11-01");  // before anything happened
    query.set_to_day("2023-11-01");
    v1::GetFunnelResponse funnel;
    EXPECT_TRUE(Get(supervisor_, query, &funnel).ok());
    for (const auto& state : funnel.states()) {
      if (state.final()) ends.insert(state.state());
    }
    return ends;
  };
  EXPECT_TRUE(said().empty());
  ends_ = {"Withdrawn"};
  EXPECT_EQ(said(), ends_);
}

TEST_F(FunnelApiTest, RefusesWhatCannotBeAsked) {
  v1::GetFunnelResponse response;
  v1::FunnelQuery query = Query();
  query.set_to_day("2023-11-01");
  EXPECT_EQ(Get(supervisor_, query, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  query = Query();
  query.clear_kind();
  EXPECT_EQ(Get(supervisor_, query, &response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  v1::ListFunnelCasesRequest request;
  *request.mutable_query() = Query();
  v1::ListFunnelCasesResponse cases;
  grpc::ClientContext nothing;
  GuardedServer::As(nothing, supervisor_, kShop);
  EXPECT_EQ(stub_->ListFunnelCases(&nothing, request, &cases).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  request.set_now("Requested");
  grpc::ClientContext refused;
  GuardedServer::As(refused, agent_, kShop);
  EXPECT_EQ(stub_->ListFunnelCases(&refused, request, &cases).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(FunnelApiTest, AnUnknownKindHasAnEmptyFunnel) {
  v1::FunnelQuery query = Query();
  query.set_kind("nonsense");
  v1::GetFunnelResponse response;
  ASSERT_TRUE(Get(supervisor_, query, &response).ok());
  EXPECT_EQ(response.states_size() + response.edges_size(), 0);
}

}  // namespace
}  // namespace redress::scoring
