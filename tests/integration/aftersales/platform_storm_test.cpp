// The pushes of a thousand refunds, shuffled, repeated and split at random, heard while their cases
// follow: the end is always that of the orderly run.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/platform_desk.h"
#include "tests/support/figure.h"

namespace redress::aftersales {
namespace {

constexpr int kRefunds = 1000;
constexpr std::int64_t kFirstRefund = 9'007'199'254'740'993;  // beyond 2^53
constexpr char kDeadline[] = "2030-01-01 08:00:00";
constexpr std::int64_t kDeadlineAt = 1'893'456'000'000'000;

// What a refund's object says one after another; each leaves out what did not change but the
// parcel.
using Story = std::vector<std::string>;

constexpr char kAsk[] = R"("status":"WAIT_SELLER_AGREE","refund_fee":"20.00")";
constexpr char kAskReturn[] =
    R"("status":1,"refund_fee":"20.00","has_good_return":"true","reason":"7天无理由")";
constexpr char kAgree[] =
    R"("status":"WAIT_BUYER_RETURN_GOODS","refund_fee":"20.00","has_good_return":true)";
constexpr char kShip[] =
    R"("status":"WAIT_SELLER_CONFIRM_GOODS","refund_fee":"20.00","has_good_return":true,)"
    R"("good_status":"BUYER_RETURNED_GOODS","company_name":"SF","sid":"SF77")";
constexpr char kParcel[] = R"(,"has_good_return":true,"company_name":"SF","sid":"SF77")";

std::string Ends(const std::string& status, const std::string& more = "") {
  return R"("refund_fee":"20.00","status":")" + status + "\"" + more;
}

std::vector<Story> Stories() {
  const std::string timed = std::string(R"(,"refund_remind_timeout":{"exist_timeout":true,)") +
                            R"("remind_type":1,"timeout":")" + kDeadline + "\"}";
  const std::string less = R"("status":"WAIT_SELLER_AGREE","refund_fee":"15.50")";
  return {
      {kAsk},
      {kAsk, Ends("SUCCESS")},
      {kAsk, Ends("CLOSED")},
      {kAskReturn, kAgree, kShip, Ends("SUCCESS", kParcel)},
      {kAsk, Ends("SELLER_REFUSE_BUYER"), less,
       R"("status":"5","refund_fee":"15.50","brand_new_field":{"a":[1]})"},
      {kAskReturn, kAgree, Ends("CLOSED", R"(,"has_good_return":true)")},
      {kAskReturn, kAgree, kShip, Ends("SELLER_REFUSE_BUYER", kParcel),
       Ends("SUCCESS", std::string(kParcel) + R"(,"cs_status":8)")},
      {kAsk, Ends("SELLER_REFUSE_BUYER")},
      {kAskReturn, kAgree + timed, kShip + timed},
      {kAskReturn, kAgree, kShip, Ends("SELLER_REFUSE_BUYER", kParcel), Ends("CLOSED", kParcel)},
      {kAsk, std::string(kAsk) + R"(,"cs_status":2)", std::string(kAsk) + R"(,"cs_status":"3")"},
      {kAskReturn, kAgree, std::string(kAgree) + R"(,"advance_status":1)"},
      {kAsk, Ends("SELLER_REFUSE_BUYER"), less,
       R"("status":"SELLER_REFUSE_BUYER","refund_fee":"15.50")",
       R"("status":"SELLER_REFUSE_BUYER","refund_fee":"15.50","cs_status":4)",
       R"("status":"CLOSED","refund_fee":"15.50","cs_status":9)"},
  };
}

struct Push {
  int refund = 0;
  std::string body;
};

// In the order of the platform's clock.
std::vector<Push> AllPushes() {
  const std::vector<Story> stories = Stories();
  std::vector<Push> pushes;
  for (std::size_t moment = 0; moment < 6; ++moment) {
    for (int refund = 0; refund < kRefunds; ++refund) {
      const Story& story = stories[static_cast<std::size_t>(refund) % stories.size()];
      if (moment >= story.size()) continue;
      const std::string id = std::to_string(kFirstRefund + refund);
      const std::string number = std::to_string(100'000 + refund);
      const bool as_text = (static_cast<std::size_t>(refund) + moment) % 2 == 0;
      pushes.push_back(
          {refund, R"({"refund_id":)" + (as_text ? '"' + id + '"' : id) + R"(,"tid":)" + number +
                       R"(,"oid":")" + number +
                       R"(","num":1,"buyer_nick":"tb_nick","modified":"2024-05-06 08:00:0)" +
                       std::to_string(moment) + "\"," + story[moment] + "}"});
    }
  }
  return pushes;
}

// Shuffled, every fourth or so repeated, in lists of up to forty objects.
std::vector<std::string> Mixed(std::vector<Push> pushes, unsigned seed) {
  std::mt19937 random(seed);
  const std::size_t all = pushes.size();
  for (std::size_t i = 0; i < all; ++i) {
    if (random() % 4 == 0) pushes.push_back(pushes[i]);
  }
  std::shuffle(pushes.begin(), pushes.end(), random);
  std::vector<std::string> bodies;
  for (std::size_t at = 0; at < pushes.size();) {
    const std::size_t until = std::min(pushes.size(), at + 1 + random() % 40);
    std::string body = "[" + pushes[at].body;
    for (++at; at < until; ++at) body += "," + pushes[at].body;
    bodies.push_back(body + "]");
  }
  return bodies;
}

// What must be the same: where each case stands, its money, goods and parcel, the deadline that the
// platform named, and what is kept of the object. Ids, times of ours and the way there differ.
std::map<std::string, std::string> EndOf(Ground& ground, ShopId shop) {
  constexpr char kEnds[] =
      "SELECT c.platform_refund_id, CONCAT_WS(' ', c.state, c.final, c.amount_asked, c.quantity,"
      " c.variant, c.settled_amount, c.shortfall, c.reserved_amount, c.settled_by, c.goods,"
      " c.return_carrier, c.return_tracking, c.platform_intervened,"
      " IF(c.state IN ('AwaitingReturn', 'Returning'), c.approved_amount, 0),"
      " IF(c.due_at = ?, 'platform', 'rule'), l.settled, l.reserved, f.status, f.ended, f.version,"
      " f.attention, (SELECT COUNT(t.task_id) FROM warehouse_tasks t WHERE t.shop_id = c.shop_id "
      "AND"
      " t.case_id = c.case_id AND t.state IN (1, 2, 3, 7)))"
      " FROM cases c JOIN line_ledger l ON l.shop_id = c.shop_id AND l.line_id = c.line_id"
      " JOIN platform_refunds f ON f.shop_id = c.shop_id AND f.refund_id = c.platform_refund_id"
      " WHERE c.shop_id = ?";
  std::map<std::string, std::string> ends;
  platform::Read(ground.quiet_pool, [&](platform::Connection& db) {
    auto rows = db.Query(kEnds, {kDeadlineAt, shop});
    while (rows.Next()) ends[rows.String(0)] = rows.String(1);
  });
  return ends;
}

class PlatformStorm : public ::testing::Test {
 protected:
  void Calmly(ShopId shop) {
    std::string body;
    for (const Push& push : AllPushes()) {
      body += (body.empty() ? "[" : ",") + push.body;
      if (body.size() < 20'000) continue;
      desk_.Push(shop, {body + "]"});
      body.clear();
      desk_.Follow();
    }
    if (!body.empty()) desk_.Push(shop, {body + "]"});
    desk_.Follow();
  }

  // Cases follow while more is heard.
  void Stormily(ShopId shop, unsigned seed) {
    std::atomic<bool> is_heard = false;
    std::thread follower([&] {
      while (!is_heard) desk_.FollowOnce();
    });
    std::mt19937 random(seed);
    const std::vector<std::string> bodies = Mixed(AllPushes(), seed);
    for (std::size_t at = 0; at < bodies.size();) {
      std::vector<std::string> call;
      const std::size_t until = std::min(bodies.size(), at + 1 + random() % 8);
      for (; at < until; ++at) call.push_back(bodies[at]);
      for (const PushResult& result : desk_.Push(shop, call)) {
        EXPECT_EQ(result.problem, "") << result.key << " " << result.field;
      }
    }
    is_heard = true;
    follower.join();
    desk_.Follow();
  }

  Ground ground_;
  PlatformDesk desk_{ground_};
};

TEST_F(PlatformStorm, EveryOrderComesToTheSameEnd) {
  const bool has_faults = test::InjectedFaults() != nullptr;
  const unsigned seeds = has_faults ? 5 : 50;
  const ShopId calm{1000};
  Calmly(calm);
  const auto expected = EndOf(ground_, calm);
  ASSERT_EQ(expected.size(), static_cast<std::size_t>(kRefunds));
  unsigned equal = 0;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    const ShopId shop{1000 + seed};
    Stormily(shop, seed);
    const auto ends = EndOf(ground_, shop);
    int differing = 0;
    for (const auto& [refund, end] : expected) {
      const auto found = ends.find(refund);
      const std::string mine = found == ends.end() ? "no case" : found->second;
      if (mine != end && ++differing <= 3) {
        ADD_FAILURE() << "seed " << seed << ", refund " << refund << "\n  calm " << end
                      << "\n  here " << mine;
      }
    }
    equal += differing == 0 && ends.size() == expected.size();
  }
  EXPECT_EQ(equal, seeds);
  if (!has_faults) test::Figure("storm_seeds_equal", equal);
}

}  // namespace
}  // namespace redress::aftersales
