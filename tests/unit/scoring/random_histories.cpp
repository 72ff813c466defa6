#include "tests/unit/scoring/random_histories.h"

#include <algorithm>
#include <string>

namespace redress::scoring::test {
namespace {

constexpr std::int64_t kBeginning = 1'700'000'000 * kSecond;

std::int64_t Pick(std::mt19937& random, std::int64_t from, std::int64_t to) {
  return std::uniform_int_distribution<std::int64_t>(from, to)(random);
}

ShopId PickShop(std::mt19937& random, const HistoryShape& shape) {
  return ShopId{static_cast<std::uint32_t>(Pick(random, 1, shape.shops))};
}

void AddOrder(std::uint64_t id, ShopId shop, std::mt19937& random, std::vector<Fact>& facts) {
  std::int64_t at = kBeginning + Pick(random, 0, 20 * kDay);
  OrderFact order{0, Pick(random, 0, 9) == 0 ? "USD" : "CNY", "WAIT_BUYER_PAY", 0, 0};
  const auto changes = static_cast<std::uint32_t>(Pick(random, 1, 4));
  for (std::uint32_t version = 1; version <= changes; ++version) {
    order.version = version;
    order.paid_minor = Pick(random, -200, 50'000);
    if (order.paid_at_us == 0 && Pick(random, 0, 2) > 0) {
      order.paid_at_us = at;
      order.status = "WAIT_SELLER_SEND_GOODS";
    }
    facts.push_back({{shop, Source::kOrder, id}, version, at, order});
    at += Pick(random, 1, 2 * kDay);
  }
}

void AddAdjustment(std::uint64_t id, ShopId shop, std::mt19937& random, std::vector<Fact>& facts) {
  const std::int64_t at = kBeginning + Pick(random, 0, 30 * kDay);
  AdjustmentFact adjustment{Pick(random, 0, 3) > 0, OrderId{}, "CNY", Pick(random, 1, 9'000), 0};
  if (Pick(random, 0, 1) == 1) {
    adjustment.order = OrderId{static_cast<std::uint64_t>(Pick(random, 1, 20))};
    adjustment.order_paid_at_us = at - Pick(random, 1, 10 * kDay);
  }
  facts.push_back({{shop, Source::kOrder, id}, 1, at, adjustment});
}

struct Step {
  const char* state;
  const char* outcome;
  bool is_final;
};

// How a case goes on; it may also stay where it is.
std::vector<Step> PickCourse(std::mt19937& random) {
  switch (Pick(random, 0, 6)) {
    case 0:
      return {{"Requested", "", false}, {"Withdrawn", "", true}};
    case 1:
      return {{"Requested", "", false}, {"AwaitingReturn", "", false}, {"Expired", "", true}};
    case 2:
      return {{"Requested", "", false},
              {"Rejected", "", false},
              {"InDispute", "", false},
              {"Closed", "ruled_for_shop", true}};
    case 3:
      return {{"Requested", "", false},
              {"InDispute", "", false},
              {"Settling", "ruled_for_buyer", false},
              {"FollowingUp", "settled", false},
              {"Completed", "", true}};
    case 4:
      return {{"Requested", "", false}, {"Requested", "", false}};
    case 5:
      return {{"InDispute", "", false},
              {"SendingBack", "ruled_for_shop", false},
              {"InDispute", "", false},
              {"SendingBack", "", false},
              {"Closed", "ruled_for_shop", true}};
    default:
      return {{"Requested", "", false}, {"AwaitingReturn", "", false},
              {"Returning", "", false}, {"Inspecting", "", false},
              {"Settling", "", false},  {"FollowingUp", "settled", false},
              {"Completed", "", true}};
  }
}

void AddCase(std::uint64_t id, ShopId shop, std::mt19937& random, std::vector<Fact>& facts) {
  std::int64_t at = kBeginning + Pick(random, 0, 25 * kDay);
  CaseFact fact;
  constexpr const char* kKinds[] = {"dispute", "review", "refund", "refund", "refund"};
  fact.kind = kKinds[Pick(random, 0, 4)];
  fact.currency = "CNY";
  fact.order = OrderId{static_cast<std::uint64_t>(Pick(random, 1, 20))};
  fact.opened_at_us = at;
  fact.order_paid_at_us = Pick(random, 0, 4) == 0 ? 0 : at - Pick(random, kHour, 9 * kDay);
  fact.workflow_version = 1;
  const bool is_dispute = fact.kind == "dispute";
  if (is_dispute && Pick(random, 0, 4) > 0) fact.resolve_by_us = at + 3 * kDay;
  const bool is_review = fact.kind == "review";
  fact.revision_possible = is_review && Pick(random, 0, 2) > 0;
  std::uint32_t sequence = 0;
  for (const Step& step : PickCourse(random)) {
    // An assignment now and then, and somebody else may be the one at the outcome.
    fact.assignee = AccountId{static_cast<std::uint64_t>(Pick(random, 0, 3))};
    fact.from_state = fact.to_state;
    fact.to_state = step.state;
    if (Pick(random, 0, 9) == 0) ++fact.workflow_version;  // a roll-out meanwhile
    fact.outcome = step.outcome;
    fact.is_final = step.is_final;
    fact.settled_minor = fact.outcome == "settled" ? Pick(random, 1, 40'000) : 0;
    fact.event = is_dispute && Pick(random, 0, 2) == 0 ? "record_contact" : "Step";
    if (is_review && Pick(random, 0, 3) == 0) fact.review_change = "revised";
    fact.actor_kind = "person";
    facts.push_back({{shop, Source::kAftersales, id}, ++sequence, at, fact});
    at += Pick(random, 1, 3 * kDay);
  }
}

}  // namespace

std::vector<Fact> RandomHistory(std::mt19937& random, const HistoryShape& shape) {
  std::vector<Fact> facts;
  std::uint64_t id = 0;
  for (int i = 0; i < shape.orders; ++i) AddOrder(++id, PickShop(random, shape), random, facts);
  for (int i = 0; i < shape.adjustments; ++i) {
    AddAdjustment(++id, PickShop(random, shape), random, facts);
  }
  // Cases count from 1 again: ids are unique within one service only.
  for (int i = 1; i <= shape.cases; ++i) {
    AddCase(static_cast<std::uint64_t>(i), PickShop(random, shape), random, facts);
  }
  return facts;
}

std::vector<Fact> ShuffledAndRepeated(std::vector<Fact> facts, std::mt19937& random) {
  const std::size_t once = facts.size();
  for (std::size_t i = 0; i < once; ++i) {
    if (Pick(random, 0, 2) == 0) facts.push_back(facts[i]);
  }
  std::shuffle(facts.begin(), facts.end(), random);
  return facts;
}

}  // namespace redress::scoring::test
