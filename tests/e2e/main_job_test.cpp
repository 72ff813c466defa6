// The main job through all real processes: real orders come in, an agent works a refund on one of
// their lines, the warehouse takes the goods over, finance pays, and the supervisor's figure moves.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "tests/e2e/figures.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

using std::chrono::seconds;

int paths_passed = 0;

class MainJob : public testing::Test {
 protected:
  static void SetUpTestSuite() { paths_passed = 0; }
  static void TearDownTestSuite() {
    const bool faults = std::getenv("REDRESS_FAULTS") != nullptr;
    test::Figure(faults ? "e2e_paths_passed_with_faults" : "e2e_paths_passed", paths_passed);
  }
  void TearDown() override {
    if (!HasFailure()) ++paths_passed;
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

bool CompletionIs(Shop& shop, const Days& days, std::int64_t completed, std::int64_t opened) {
  return FigureOf(shop, "case_completion_rate", days, "refund") == std::pair(completed, opened);
}

TEST_F(MainJob, ReturnAndRefundGoesFromAnImportedOrderToTheFigure) {
  const Finished import = stack_.Redress({"log-in", "--account", shop_.AccountNameOf("admin"),
                                          "--shop", shop_.shop_id(), "--password-stdin"},
                                         shop_.PasswordOf("admin") + "\n");
  ASSERT_EQ(import.exit_code, 0) << import.output;
  const std::filesystem::path sample =
      std::filesystem::path(std::getenv("REDRESS_SOURCE_DIR")) / "deploy/sample/transactions.csv";
  const Finished imported =
      stack_.Redress({"import", "orders", sample, "--mapping", "uci_online_retail", "--rejects",
                      stack_.state() / "rejects.csv"});
  ASSERT_EQ(imported.exit_code, 0) << imported.output;

  order::ListOrdersRequest list;
  const auto orders = shop_.As("agent").Call<order::ListOrdersResponse>(list);
  ASSERT_FALSE(orders.orders().empty());
  const order::Order& order = orders.orders(0);
  const order::OrderLine& line = order.lines(0);
  aftersales::OpenRefundRequest request;
  request.set_order_id(order.order_id());
  request.set_line_id(line.line_id());
  request.set_quantity(1);
  *request.mutable_amount_asked() = line.refund_ceiling();
  request.set_variant(aftersales::REFUND_VARIANT_RETURN_AND_REFUND);
  request.set_reason("damaged");
  const Days days = Around(stack_.NowUs());
  const std::string id =
      shop_.As("agent").Call<aftersales::OpenRefundResponse>(request).case_().case_id();
  shop_.Assign(id);
  shop_.Approve(id, line.refund_ceiling().minor_units());
  EXPECT_EQ(shop_.Get(id).state(), "AwaitingReturn");
  shop_.ShipReturn(id);
  EXPECT_EQ(shop_.Get(id).state(), "Returning");
  shop_.Receive(id);
  EXPECT_EQ(shop_.Get(id).state(), "Inspecting");
  aftersales::WarehouseTask task = shop_.Claim(id);
  aftersales::ReportTaskRequest report;
  report.set_wms_reference(Unique("wms"));
  report.set_task_id(task.task_id());
  report.mutable_inspected()->set_quantity_good(task.quantity());
  shop_.As("warehouse").Call<aftersales::ReportTaskResponse>(report);
  EXPECT_EQ(shop_.Get(id).state(), "Settling");
  EXPECT_TRUE(test::WaitFor([&] { return CompletionIs(shop_, days, 0, 1); }, seconds(20)));
  shop_.Settle(id);
  EXPECT_EQ(shop_.Get(id).state(), "FollowingUp");
  EXPECT_TRUE(test::WaitFor([&] { return CompletionIs(shop_, days, 1, 1); }, seconds(20)));
  shop_.FollowUp(id);
  const aftersales::Case done = shop_.Get(id);
  EXPECT_EQ(done.state(), "Completed");
  EXPECT_TRUE(done.final());
  EXPECT_EQ(done.amount_settled().minor_units(), line.refund_ceiling().minor_units());
  EXPECT_FALSE(done.has_deadline());
}

TEST_F(MainJob, RefundOnlyOfAPushedOrderGoesFromOpenToTheFigure) {
  const Days days = Around(stack_.NowUs());
  const order::Order order = shop_.PushOrder();
  const std::string id = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY, 40'00).case_id();
  shop_.Assign(id);
  shop_.Approve(id, 40'00);
  EXPECT_EQ(shop_.Get(id).state(), "Settling");
  shop_.Settle(id);
  shop_.FollowUp(id);
  EXPECT_EQ(shop_.Get(id).state(), "Completed");
  EXPECT_TRUE(test::WaitFor([&] { return CompletionIs(shop_, days, 1, 1); }, seconds(20)));
  // What was paid comes from the order service, on a stream of its own.
  const std::pair rate(std::int64_t{40'00}, kLinePaid);
  EXPECT_TRUE(
      test::WaitFor([&] { return FigureOf(shop_, "refund_rate", days, "") == rate; }, seconds(20)));
}

TEST_F(MainJob, ALargeRefundWaitsForASupervisor) {
  const order::Order order = shop_.PushOrder(1, 500'00);
  const std::string id =
      shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY, 500'00).case_id();
  shop_.Approve(id, 500'00);
  EXPECT_EQ(shop_.Get(id).state(), "PendingApproval");
  shop_.Apply("supervisor", id, [](auto& event) { event.mutable_approve_large(); });
  EXPECT_EQ(shop_.Get(id).state(), "Settling");
}

TEST_F(MainJob, AFailedInspectionSendsTheGoodsBack) {
  const order::Order order = shop_.PushOrder();
  const std::string id = shop_.Open(order, aftersales::REFUND_VARIANT_RETURN_AND_REFUND).case_id();
  shop_.Approve(id);
  shop_.ShipReturn(id);
  shop_.Receive(id);
  shop_.Inspect(id, 0);
  EXPECT_EQ(shop_.Get(id).state(), "Disagreed");
  shop_.Apply("agent", id, [](auto& event) { event.mutable_accept_refusal(); });
  EXPECT_EQ(shop_.Get(id).state(), "SendingBack");
  shop_.Apply("agent", id, [](auto& event) {
    event.mutable_send_goods_back()->set_carrier("SF");
    event.mutable_send_goods_back()->set_tracking_number("SF99");
  });
  EXPECT_EQ(shop_.Get(id).state(), "Closed");
}

TEST_F(MainJob, HistoryIsHashChainedAndCarriesActorsAndClients) {
  const order::Order order = shop_.PushOrder();
  const std::string id = shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY).case_id();
  shop_.Approve(id);
  shop_.Settle(id);
  const auto steps = shop_.Steps(id);
  ASSERT_EQ(steps.size(), 3u);
  aftersales::DescribeWorkflowRequest describe;
  describe.set_kind("refund");
  const std::uint32_t version =
      shop_.As("agent").Call<aftersales::DescribeWorkflowResponse>(describe).workflow().version();
  std::string previous = steps[0].previous_hash();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    EXPECT_EQ(steps[i].sequence(), i + 1);
    EXPECT_EQ(steps[i].previous_hash(), previous);
    EXPECT_EQ(steps[i].hash().size(), 64u);
    EXPECT_EQ(steps[i].workflow_version(), version);
    EXPECT_EQ(steps[i].actor_kind(), "person");
    EXPECT_EQ(steps[i].client(), "e2e/1");
    previous = steps[i].hash();
  }
  EXPECT_EQ(steps[1].actor_id(), shop_.AccountOf("agent"));
  EXPECT_EQ(steps[2].actor_id(), shop_.AccountOf("finance"));
}

}  // namespace
}  // namespace redress::e2e
