// What really happened in three shops, as cases of ours: cancelled invoice lines and refunded
// orders become refunds, late and badly rated orders disputes, bad reviews review cases. Many
// clients work all of them to their end by the public API; counts and sums are those of the files.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <numeric>

#include "clients/cpp/json.h"
#include "tests/e2e/histories/plans.h"
#include "tests/e2e/histories/work.h"
#include "tests/e2e/shop.h"
#include "tests/support/data_directory.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

constexpr std::int64_t kDayS = 24 * 3600;
// Beyond every deadline that a case here waits for.
constexpr std::int64_t kPastDeadlinesS = 6 * kDayS;
constexpr int kMostRounds = 5;

// The shop in which it all happened, worked once for all tests of this binary.
class RealShop {
 public:
  static RealShop& Shared() {
    static RealShop shop(*test::DataDirectory());
    return shop;
  }

  Shop& shop() { return shop_; }
  const UciPlan& uci() const { return uci_; }
  const std::vector<PlannedRefund>& tmall() const { return tmall_; }
  const OlistPlan& olist() const { return olist_; }
  const std::vector<WorkedCase>& cases() const { return cases_; }
  std::size_t Stuck() const {
    return static_cast<std::size_t>(std::count_if(
        cases_.begin(), cases_.end(), [](const WorkedCase& one) { return !one.final; }));
  }

 private:
  explicit RealShop(const fs::path& data)
      : uci_(PlanUci(data)), tmall_(PlanTmall(data)), olist_(PlanOlist(data)) {
    Import(data);
    const OrderBook orders(shop_);
    OpenAll(orders);
    WorkAll();
  }

  void ImportFile(const std::string& mapping, const fs::path& file,
                  const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"--timeout", "120",       "import",
                                          "orders",    file,        "--mapping",
                                          mapping,     "--rejects", folder_ / "rejects.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Finished imported = stack_.Redress(arguments);
    if (imported.exit_code != 0) throw std::runtime_error(mapping + ": " + imported.output);
  }

  fs::path Write(const std::string& name, const Table& table) const {
    WriteTable(folder_ / name, table);
    return folder_ / name;
  }

  void Import(const fs::path& data) {
    const Finished logged_in = stack_.Redress({"log-in", "--account", shop_.AccountNameOf("admin"),
                                               "--shop", shop_.shop_id(), "--password-stdin"},
                                              shop_.PasswordOf("admin") + "\n");
    if (logged_in.exit_code != 0) throw std::runtime_error(logged_in.output);
    const fs::path mappings = test::SourceDirectory() / "tests/e2e/histories/mappings";
    ImportFile("uci_online_retail", Write("purchases.csv", uci_.purchases));
    ImportFile(mappings / "uci_claims.toml", Write("claims.csv", uci_.claims));
    ImportFile(mappings / "tmall_orders.toml", data / "tmall_orders_2020_02/orders.csv");
    ImportFile(mappings / "olist_orders.toml", Write("olist.csv", olist_.orders),
               {"--lines", data / "olist/order_items.csv"});
  }

  template <class Plans>
  void OpenThese(const OrderBook& orders, const Plans& plans) {
    const std::size_t first = cases_.size();
    cases_.resize(first + plans.size());
    InParallel(plans.size(),
               [&](std::size_t i) { cases_[first + i] = Open(shop_, orders, plans[i]); });
  }

  void OpenAll(const OrderBook& orders) {
    OpenThese(orders, uci_.refunds);
    OpenThese(orders, tmall_);
    OpenThese(orders, olist_.disputes);
    OpenThese(orders, olist_.reviews);
  }

  bool IsNothingDue() {
    const std::string due =
        stack_.Sql("SELECT COUNT(*) FROM redress_aftersales.cases WHERE final = 0 AND due_at <= " +
                   std::to_string(stack_.NowUs()) + " AND shop_id = " + shop_.shop_id());
    return due == "0";
  }

  void WorkAll() {
    for (int round = 0; round < kMostRounds && Stuck() > 0; ++round) {
      if (round > 0) {
        stack_.Advance(kPastDeadlinesS);
        shop_.LogInAgain();
        test::WaitFor([&] { return IsNothingDue(); }, seconds(120));
      }
      InParallel(cases_.size(), [&](std::size_t i) {
        if (!cases_[i].final) GoOn(shop_, cases_[i]);
      });
    }
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
  const fs::path folder_ = stack_.state();
  const UciPlan uci_;
  const std::vector<PlannedRefund> tmall_;
  const OlistPlan olist_;
  std::vector<WorkedCase> cases_;
};

class RealHistories : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::DataDirectory()) GTEST_SKIP() << "not run: the real data sets are not here";
  }
};

google::protobuf::Struct Expected(const std::string& data_set) {
  return client::ParseJsonObject(
      client::ReadFile(*test::DataDirectory() / "expected" / (data_set + ".public.json")),
      data_set);
}

double NumberAt(const google::protobuf::Struct& object, const std::string& key) {
  const auto found = object.fields().find(key);
  if (found == object.fields().end()) throw std::runtime_error("nothing is expected of " + key);
  return found->second.number_value();
}

// Of cases [first, first + plans): those that ended in the state, counted, and what they settled.
struct Ended {
  std::size_t count = 0;
  std::int64_t settled = 0;
};
Ended EndedIn(RealShop& real, std::size_t first, std::size_t count, const std::string& state) {
  std::vector<aftersales::Case> ends(count);
  InParallel(count, [&](std::size_t i) { ends[i] = real.shop().Get(real.cases()[first + i].id); });
  Ended ended;
  for (const aftersales::Case& one : ends) {
    if (one.state() != state) continue;
    ++ended.count;
    ended.settled += one.amount_settled().minor_units();
  }
  return ended;
}

std::int64_t SumOf(const std::vector<PlannedRefund>& refunds) {
  return std::accumulate(refunds.begin(), refunds.end(), std::int64_t{0},
                         [](std::int64_t sum, const PlannedRefund& one) {
                           return sum + (one.rejected_for.empty() ? one.amount : 0);
                         });
}

std::size_t RejectedFor(const std::vector<PlannedRefund>& refunds, const std::string& reason) {
  return static_cast<std::size_t>(
      std::count_if(refunds.begin(), refunds.end(),
                    [&](const PlannedRefund& one) { return one.rejected_for == reason; }));
}

TEST_F(RealHistories, AreAsManyAsTheFilesHold) {
  RealShop& real = RealShop::Shared();
  const auto uci = Expected("uci_online_retail");
  EXPECT_EQ(real.uci().refunds.size(), NumberAt(uci, "cancel_lines"));
  EXPECT_EQ(real.uci().matched,
            NumberAt(client::ObjectAt(uci, "refund_lag(purchase->cancel, matched lines)"), "n"));
  EXPECT_EQ(real.uci().unmatched_with_customer,
            NumberAt(uci, "cancel_lines_with_customer_unmatched"));
  EXPECT_EQ(real.tmall().size(),
            NumberAt(Expected("tmall_orders_2020_02"), "refund_orders(paid and refund>0)"));
  const auto olist = Expected("olist");
  EXPECT_EQ(real.olist().disputes.size(), NumberAt(olist, "dispute_candidates(late and score<=2)"));
  const auto& scores = client::ObjectAt(olist, "review_score_counts");
  EXPECT_EQ(real.olist().reviews.size(),
            NumberAt(scores, "1") + NumberAt(scores, "2") + NumberAt(scores, "3"));
  test::Figure("real_cases_unmatched",
               static_cast<double>(RejectedFor(real.uci().refunds, kNoPurchase)));
}

TEST_F(RealHistories, AllComeToTheirEnd) {
  RealShop& real = RealShop::Shared();
  aftersales::ListCasesRequest open;
  open.set_page_size(10);
  const auto left = real.shop().As("agent").Call<aftersales::ListCasesResponse>(open);
  for (const aftersales::Case& one : left.cases()) {
    ADD_FAILURE() << one.kind() << " " << one.case_number() << " is still " << one.state();
  }
  EXPECT_EQ(real.Stuck(), 0U);
  test::Figure("real_cases_run", static_cast<double>(real.cases().size()));
  test::Figure("real_cases_stuck", static_cast<double>(real.Stuck()));
}

TEST_F(RealHistories, CancellationsWithoutAPurchaseEndRejectedForThatReason) {
  RealShop& real = RealShop::Shared();
  const std::string rejections =
      "SELECT COUNT(*) FROM redress_aftersales.steps WHERE event = 'reject' AND shop_id = " +
      real.shop().shop_id() + " AND event_json LIKE '%\"reason\":\"" + kNoPurchase + "\"%'";
  EXPECT_EQ(real.shop().stack().Sql(rejections),
            std::to_string(RejectedFor(real.uci().refunds, kNoPurchase)));
  const Ended closed = EndedIn(real, 0, real.uci().refunds.size(), "Closed");
  EXPECT_EQ(closed.count, RejectedFor(real.uci().refunds, kNoPurchase) +
                              RejectedFor(real.uci().refunds, kRefundedBefore));
  EXPECT_EQ(closed.settled, 0);
}

TEST_F(RealHistories, PayWhatTheFilesSayAndNoMore) {
  RealShop& real = RealShop::Shared();
  const std::size_t uci = real.uci().refunds.size();
  const Ended returned = EndedIn(real, 0, uci, "Completed");
  EXPECT_EQ(returned.settled, SumOf(real.uci().refunds));
  const Ended refunded = EndedIn(real, uci, real.tmall().size(), "Completed");
  EXPECT_EQ(refunded.count, real.tmall().size());
  EXPECT_EQ(refunded.settled, SumOf(real.tmall()));
  EXPECT_EQ(refunded.settled,
            MinorOf(client::StringAt(Expected("tmall_orders_2020_02"), "refund_amount")));
}

TEST_F(RealHistories, LeaveHistoriesThatVerifyAndNothingThatMustNeverBe) {
  RealShop& real = RealShop::Shared();
  Stack& stack = real.shop().stack();
  const Finished logged_in =
      stack.Redress({"log-in", "--account", real.shop().AccountNameOf("admin"), "--shop",
                     real.shop().shop_id(), "--password-stdin"},
                    real.shop().PasswordOf("admin") + "\n");
  ASSERT_EQ(logged_in.exit_code, 0) << logged_in.output;
  const Finished verified = stack.Redress({"--timeout", "120", "case", "verify", "--all"});
  EXPECT_EQ(verified.exit_code, 0) << verified.output;
  const Finished scanned = stack.Redress({"--timeout", "120", "case", "scan"});
  EXPECT_EQ(scanned.exit_code, 0) << scanned.output;
  EXPECT_NE(scanned.output.find(" 0 findings"), std::string::npos) << scanned.output;
}

}  // namespace
}  // namespace redress::e2e
