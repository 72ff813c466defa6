// A full service says so at once, and an expired call does no work.
#include <gtest/gtest.h>

#include <condition_variable>
#include <thread>

#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/platform/server/house_services.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using namespace common::v1;
using grpc::StatusCode;
using platform::AccountId;
using platform::ShopId;

constexpr ShopId kShop{1};

// Holds handlers back until it is opened.
class Gate {
 public:
  void Pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.wait(lock, [this] { return open_; });
    --waiting_;
  }
  void Open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  int waiting() const {
    std::lock_guard lock(mutex_);
    return waiting_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int waiting_ = 0;
};

class OverloadTest : public ::testing::Test {
 protected:
  OverloadTest()
      : house_({.calls = {.threads = 1, .queue = 1}}),
        token_(house_.Member(AccountId{7}, kShop, {ROLE_AGENT})) {
    orders_.get_order = [this](const Call&) {
      ++begun_;
      gate_.Pass();
    };
    house_.Start({&orders_});
    stub_ = order::v1::OrderService::NewStub(house_.Channel());
  }
  ~OverloadTest() override {
    gate_.Open();
    for (auto& client : clients_) client.join();
  }

  grpc::Status GetOrder(std::chrono::milliseconds timeout) {
    grpc::ClientContext context;
    GuardedServer::As(context, token_, kShop);
    context.set_deadline(std::chrono::system_clock::now() + timeout);
    order::v1::GetOrderRequest request;
    request.set_order_id("12");
    order::v1::GetOrderResponse response;
    return stub_->GetOrder(&context, request, &response);
  }
  void OccupyTheThread() {
    clients_.emplace_back([this] { EXPECT_TRUE(GetOrder(std::chrono::seconds(30)).ok()); });
    ASSERT_TRUE(WaitFor([this] { return gate_.waiting() == 1; }));
  }
  bool CallsWait(int count) {
    return WaitFor([&] {
      return house_.metrics().Text().find("redress_calls_waiting{service=\"test\"} " +
                                          std::to_string(count)) != std::string::npos;
    });
  }

  Gate gate_;
  std::atomic<int> begun_ = 0;
  GuardedServer house_;
  Orders orders_{house_.guard()};
  std::string token_;
  std::unique_ptr<order::v1::OrderService::Stub> stub_;
  std::vector<std::thread> clients_;
};

TEST_F(OverloadTest, FullQueueRefusesWithTheTimeToComeBack) {
  OccupyTheThread();
  clients_.emplace_back([this] { EXPECT_TRUE(GetOrder(std::chrono::seconds(30)).ok()); });
  ASSERT_TRUE(CallsWait(1));
  const auto status = GetOrder(std::chrono::seconds(30));
  EXPECT_EQ(status.error_code(), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "OVERLOADED");
  const auto retry = RetryInfoOf(status);
  ASSERT_TRUE(retry);
  EXPECT_EQ(retry->retry_delay().seconds(), 1);
}

TEST_F(OverloadTest, ExpiredCallDoesNoWork) {
  constexpr auto kTimeout = std::chrono::milliseconds(5000);
  OccupyTheThread();
  clients_.emplace_back(
      [this] { EXPECT_EQ(GetOrder(kTimeout).error_code(), StatusCode::DEADLINE_EXCEEDED); });
  ASSERT_TRUE(CallsWait(1));
  // The server counts the time-out from the call's arrival, which was before this moment.
  const auto expired = std::chrono::steady_clock::now() + kTimeout;
  ASSERT_TRUE(WaitFor([&] { return std::chrono::steady_clock::now() > expired; }));
  gate_.Open();
  ASSERT_TRUE(CallsWait(0));
  EXPECT_TRUE(GetOrder(std::chrono::seconds(30)).ok());
  EXPECT_EQ(begun_, 2);
}

TEST_F(OverloadTest, StopFinishesWhatWasBegunAndRefusesTheRest) {
  OccupyTheThread();
  house_.server().AnnounceStopping();
  const auto status = GetOrder(std::chrono::seconds(30));
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "STOPPING");
  std::thread stopping([this] { house_.Stop(); });
  gate_.Open();
  stopping.join();
  clients_.front().join();  // its call was answered OK, as it expects
  clients_.clear();
}

}  // namespace
}  // namespace redress::test
