#include "services/scoring/api/figure_api.h"

#include <gtest/gtest.h>

#include <future>
#include <map>

#include "services/platform/database/transact.h"
#include "services/scoring/api/directory_calendar.h"
#include "services/scoring/store/database_archive.h"
#include "services/scoring/store/database_fact_book.h"
#include "services/scoring/store/database_figures.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/scoring/scoring_schema.h"
#include "tests/unit/scoring/random_histories.h"

namespace redress::scoring {
namespace {

namespace v1 = redress::scoring::v1;
using platform::Role;
using redress::test::GuardedServer;
using test::kDay;
using test::kHour;

constexpr ShopId kShop{1};
constexpr AccountId kAgent{7};
constexpr AccountId kOtherAgent{8};
constexpr AccountId kSupervisor{9};

// 2026-03-01T02:00:00Z, 10:00 in the shop.
constexpr std::int64_t kMorning = 1'772'330'400'000'000;

class NoHistory final : public History {
 public:
  void ReadShop(Source, ShopId, const OnFacts&) override {}
  void ReadAggregate(const AggregateId&, const OnFacts&) override {}
};

class FigureApiTest : public testing::Test {
 protected:
  FigureApiTest() {
    agent_ = server_.Member(kAgent, kShop, {Role::ROLE_AGENT});
    supervisor_ = server_.Member(kSupervisor, kShop, {Role::ROLE_SUPERVISOR});
    server_.Start({&api_});
    stub_ = v1::FigureService::NewStub(server_.Channel());
  }

  static Fact Step(std::uint64_t id, std::uint32_t sequence, std::int64_t at_us,
                   const std::string& outcome, AccountId assignee) {
    CaseFact fact;
    fact.kind = "refund";
    fact.to_state = outcome.empty() ? "Requested" : "FollowingUp";
    fact.outcome = outcome;
    fact.assignee = assignee;
    fact.order = OrderId{id};
    fact.currency = "CNY";
    fact.opened_at_us = kMorning;
    fact.order_paid_at_us = kMorning - kDay;
    fact.settled_minor = outcome.empty() ? 0 : 1'000;
    return {{kShop, Source::kAftersales, id}, sequence, at_us, fact};
  }

  // Two cases of one agent and one of another, of which one each is settled; three orders.
  void TakeSomeFacts() {
    std::vector<Fact> facts;
    for (std::uint64_t id = 1; id <= 3; ++id) {
      facts.push_back(Step(id, 1, kMorning, "", id < 3 ? kAgent : kOtherAgent));
      facts.push_back({{kShop, Source::kOrder, id},
                       1,
                       kMorning - kDay,
                       OrderFact{1, "CNY", "TRADE_FINISHED", kMorning - kDay, 4'000}});
    }
    facts.push_back(Step(1, 2, kMorning + 2 * kHour, "settled", kAgent));
    facts.push_back(Step(3, 2, kMorning + 4 * kHour, "settled", kOtherAgent));
    intake_.Take(facts);
  }

  // Two disputes opened on another morning: one in time, one promised for a day far ahead.
  void TakeSomeDisputes() {
    std::vector<Fact> facts;
    for (const std::uint64_t id : {11u, 12u}) {
      Fact opened = Step(id, 1, kMorning - kDay, "", kAgent);
      auto& what = std::get<CaseFact>(opened.what);
      what.kind = "dispute";
      what.opened_at_us = kMorning - kDay;
      what.resolve_by_us = id == 11 ? kMorning : kMorning + 100'000 * kDay;
      facts.push_back(opened);
      Fact contacted = opened;
      contacted.sequence = 2;
      contacted.occurred_at_us += kHour;
      std::get<CaseFact>(contacted.what).event = "record_contact";
      if (id == 11) std::get<CaseFact>(contacted.what).outcome = "resolved";
      facts.push_back(contacted);
    }
    intake_.Take(facts);
  }

  // Three reviews handled: one revised and one that stands where a buyer may revise, one elsewhere.
  void TakeSomeReviews() {
    std::vector<Fact> facts;
    for (const std::uint64_t id : {21u, 22u, 23u}) {
      Fact handled = Step(id, 1, kMorning, "resolved", kAgent);
      auto& what = std::get<CaseFact>(handled.what);
      what.kind = "review";
      what.revision_possible = id != 23;
      if (id == 21) what.review_change = "revised";
      facts.push_back(handled);
    }
    intake_.Take(facts);
  }

  grpc::Status Query(const std::string& token, const v1::QueryFiguresRequest& request,
                     v1::QueryFiguresResponse* response) {
    grpc::ClientContext context;
    GuardedServer::As(context, token, kShop);
    return stub_->QueryFigures(&context, request, response);
  }

  static v1::QueryFiguresRequest Request(const std::string& figure) {
    v1::QueryFiguresRequest request;
    request.mutable_query()->add_figure_ids(figure);
    request.mutable_query()->set_from_day("2026-02-28");
    request.mutable_query()->set_to_day("2026-03-02");
    return request;
  }

  std::unique_ptr<platform::Pool> pool_ = test::NewScoringSchema();
  GuardedServer server_;
  DirectoryCalendar calendar_{server_.directory()};
  DatabaseFactRepository repository_{*pool_};
  DatabaseArchive archive_{*pool_};
  DatabaseFigureReader reader_{*pool_};
  Intake intake_{repository_, calendar_, server_.clock()};
  FigureApi api_{server_.guard(), reader_,   archive_,
                 intake_,         calendar_, [] { return std::make_unique<NoHistory>(); }};
  std::string agent_;
  std::string supervisor_;
  std::unique_ptr<v1::FigureService::Stub> stub_;
};

TEST_F(FigureApiTest, ListsTheCatalogue) {
  grpc::ClientContext context;
  GuardedServer::As(context, agent_);
  v1::ListFigureDefinitionsResponse response;
  ASSERT_TRUE(stub_->ListFigureDefinitions(&context, {}, &response).ok());
  ASSERT_EQ(response.definitions_size(), static_cast<int>(Catalogue().size()));
  EXPECT_EQ(response.definitions(0).figure_id(), "case_completion_rate");
  EXPECT_EQ(response.definitions(0).name_zh(), "售后完成率");
}

TEST_F(FigureApiTest, SaysWhatThePartsOfAFigureCount) {
  grpc::ClientContext context;
  GuardedServer::As(context, agent_);
  v1::ListFigureDefinitionsResponse response;
  ASSERT_TRUE(stub_->ListFigureDefinitions(&context, {}, &response).ok());
  std::map<std::string, std::pair<v1::FigureUnit, v1::FigureUnit>> units;
  for (const auto& of : response.definitions()) {
    units[of.figure_id()] = {of.numerator_unit(), of.denominator_unit()};
  }
  const auto money = v1::FIGURE_UNIT_MONEY, count = v1::FIGURE_UNIT_COUNT;
  EXPECT_EQ(units["case_completion_rate"], std::pair(count, count));
  EXPECT_EQ(units["handling_time"], std::pair(v1::FIGURE_UNIT_DURATION, count));
  EXPECT_EQ(units["refund_rate"], std::pair(money, money));
  EXPECT_EQ(units["refund_rate_orders"], std::pair(count, count));
}

TEST_F(FigureApiTest, AnswersFiguresOfTheShopWithTheirParts) {
  TakeSomeFacts();
  v1::QueryFiguresResponse response;
  auto request = Request("refund_rate");
  ASSERT_TRUE(Query(agent_, request, &response).ok());
  ASSERT_EQ(response.values_size(), 1);
  EXPECT_EQ(response.values(0).numerator(), 2'000);
  EXPECT_EQ(response.values(0).denominator(), 12'000);
  EXPECT_EQ(response.values(0).value(), "0.166667");
  EXPECT_EQ(response.values(0).currency_code(), "CNY");
  request = Request("handling_time");
  request.mutable_query()->set_by_day(true);
  ASSERT_TRUE(Query(agent_, request, &response).ok());
  ASSERT_EQ(response.values_size(), 2);  // all kinds, and refunds
  EXPECT_EQ(response.values(0).day(), "2026-03-01");
  EXPECT_EQ(response.values(0).value(), "10800");
  EXPECT_EQ(response.values(0).quantiles(0).duration_us(), 3 * kHour);
}

TEST_F(FigureApiTest, AgentsSeeTheShopsAndTheirOwn) {
  TakeSomeFacts();
  auto request = Request("case_completion_rate");
  request.mutable_query()->set_by_agent(true);
  request.mutable_query()->set_kind("refund");
  v1::QueryFiguresResponse response;
  ASSERT_TRUE(Query(agent_, request, &response).ok());
  ASSERT_EQ(response.values_size(), 1);
  EXPECT_EQ(response.values(0).agent_id(), "7");
  EXPECT_EQ(response.values(0).value(), "0.5");
  ASSERT_TRUE(Query(supervisor_, request, &response).ok());
  EXPECT_EQ(response.values_size(), 2);
  request.mutable_query()->set_agent_id("8");
  const auto refused = Query(agent_, request, &response);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(redress::test::ReasonOf(refused), "FIGURES_OF_ANOTHER_AGENT");
  ASSERT_TRUE(Query(supervisor_, request, &response).ok());
  EXPECT_EQ(response.values(0).value(), "1");
}

TEST_F(FigureApiTest, RefusesWhatCannotBeAsked) {
  v1::QueryFiguresResponse response;
  const auto code = [&](v1::QueryFiguresRequest request) {
    return Query(supervisor_, request, &response).error_code();
  };
  EXPECT_EQ(code(Request("refund_rat")), grpc::StatusCode::INVALID_ARGUMENT);
  auto request = Request("refund_rate");
  request.mutable_query()->set_to_day("2026-02-30");
  EXPECT_EQ(code(request), grpc::StatusCode::INVALID_ARGUMENT);
  request.mutable_query()->set_to_day("2026-02-01");
  EXPECT_EQ(code(request), grpc::StatusCode::INVALID_ARGUMENT);
  request.mutable_query()->set_to_day("2028-02-01");
  EXPECT_EQ(code(request), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(FigureApiTest, PagesGiveEveryValueOnce) {
  TakeSomeFacts();
  auto request = Request("");
  request.mutable_query()->clear_figure_ids();
  request.mutable_query()->set_by_day(true);
  v1::QueryFiguresResponse whole;
  ASSERT_TRUE(Query(supervisor_, request, &whole).ok());
  EXPECT_TRUE(whole.next_page_token().empty());
  ASSERT_GT(whole.values_size(), 6);
  for (const std::uint32_t size : {1u, 2u, 5u}) {
    request.set_page_size(size);
    request.clear_page_token();
    v1::QueryFiguresResponse gathered;
    do {
      v1::QueryFiguresResponse page;
      ASSERT_TRUE(Query(supervisor_, request, &page).ok());
      EXPECT_LE(page.values_size(), static_cast<int>(size));
      for (const auto& value : page.values()) *gathered.add_values() = value;
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(gathered.SerializeAsString(), whole.SerializeAsString()) << size;
  }
}

TEST_F(FigureApiTest, AMomentThatHasNotPassedIsInNoFigure) {
  TakeSomeDisputes();
  v1::QueryFiguresResponse response;
  ASSERT_TRUE(Query(supervisor_, Request("dispute_completion_rate"), &response).ok());
  ASSERT_EQ(response.values_size(), 1);
  EXPECT_EQ(response.values(0).value(), "0.5");
  ASSERT_TRUE(Query(supervisor_, Request("dispute_completion_at_deadline"), &response).ok());
  ASSERT_EQ(response.values_size(), 1);
  EXPECT_EQ(response.values(0).numerator(), 1);
  EXPECT_EQ(response.values(0).denominator(), 1);
}

TEST_F(FigureApiTest, ReviewsThatNobodyCanReviseAreALineOfTheirOwn) {
  TakeSomeReviews();
  v1::QueryFiguresResponse response;
  ASSERT_TRUE(Query(supervisor_, Request("review_change_rate"), &response).ok());
  ASSERT_EQ(response.values_size(), 1);
  EXPECT_EQ(response.values(0).numerator(), 1);
  EXPECT_EQ(response.values(0).denominator(), 2);
  ASSERT_TRUE(Query(supervisor_, Request("review_change_rate_unrevisable"), &response).ok());
  ASSERT_EQ(response.values_size(), 1);
  EXPECT_EQ(response.values(0).numerator(), 0);
  EXPECT_EQ(response.values(0).denominator(), 1);
}

TEST_F(FigureApiTest, ItemsAddUpToTheFigure) {
  TakeSomeFacts();
  TakeSomeDisputes();
  TakeSomeReviews();
  for (const Figure& figure : Catalogue()) {
    if (figure.only_by_agent || figure.kinds == Kinds::kOnlyEach) continue;
    auto request = Request(std::string(figure.id));
    v1::QueryFiguresResponse values;
    ASSERT_TRUE(Query(supervisor_, request, &values).ok());
    ASSERT_GE(values.values_size(), 1) << figure.id;
    v1::ListFigureItemsRequest items;
    items.set_figure_id(std::string(figure.id));
    items.set_from_day("2026-02-28");
    items.set_to_day("2026-03-02");
    items.set_page_size(2);
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    do {
      grpc::ClientContext context;
      GuardedServer::As(context, supervisor_, kShop);
      v1::ListFigureItemsResponse page;
      ASSERT_TRUE(stub_->ListFigureItems(&context, items, &page).ok());
      for (const auto& item : page.items()) {
        numerator += item.numerator();
        denominator += item.denominator();
        EXPECT_FALSE(item.case_id().empty() && item.order_id().empty());
      }
      items.set_page_token(page.next_page_token());
    } while (!items.page_token().empty());
    EXPECT_EQ(numerator, values.values(0).numerator()) << figure.id;
    EXPECT_EQ(denominator, values.values(0).denominator()) << figure.id;
  }
}

TEST_F(FigureApiTest, ItemsOfMoneyNameTheirCurrency) {
  TakeSomeFacts();
  for (const auto& [figure, currency] :
       {std::pair{"refund_rate", "CNY"}, std::pair{"handling_time", ""}}) {
    v1::ListFigureItemsRequest request;
    request.set_figure_id(figure);
    request.set_from_day("2026-02-28");
    request.set_to_day("2026-03-02");
    grpc::ClientContext context;
    GuardedServer::As(context, supervisor_, kShop);
    v1::ListFigureItemsResponse response;
    ASSERT_TRUE(stub_->ListFigureItems(&context, request, &response).ok());
    ASSERT_GE(response.items_size(), 1) << figure;
    for (const auto& item : response.items()) EXPECT_EQ(item.currency_code(), currency) << figure;
  }
}

TEST_F(FigureApiTest, WatchSendsAtOnceAndWhenTheFiguresChange) {
  grpc::ClientContext context;
  GuardedServer::As(context, agent_, kShop);
  v1::WatchFiguresRequest request;
  *request.mutable_query() = Request("refund_rate").query();
  auto stream = stub_->WatchFigures(&context, request);
  v1::WatchFiguresResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.values_size(), 0);
  TakeSomeFacts();
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.values_size(), 1);
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(FigureApiTest, RebuildNamesWhatDiffers) {
  TakeSomeFacts();
  grpc::ClientContext context;
  GuardedServer::As(context, supervisor_, kShop);
  v1::RebuildFiguresResponse response;
  ASSERT_TRUE(stub_->RebuildFigures(&context, {}, &response).ok());
  // The sources know nothing of what was taken.
  EXPECT_EQ(response.events(), 0u);
  EXPECT_GT(response.mismatch_count(), 0u);
  EXPECT_EQ(response.mismatches(0).rebuilt(), "absent");
  grpc::ClientContext refused;
  GuardedServer::As(refused, agent_, kShop);
  EXPECT_EQ(stub_->RebuildFigures(&refused, {}, &response).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

}  // namespace
}  // namespace redress::scoring
