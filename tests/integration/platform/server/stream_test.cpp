// Server streaming behind the guard.
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "services/platform/base/errors.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/platform/server/house_services.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using namespace common::v1;
using aftersales::v1::WatchTasksRequest;
using aftersales::v1::WatchTasksResponse;
using platform::AccountId;
using platform::ShopId;

constexpr ShopId kShop{1};

constexpr ShopId kOtherShop{2};
constexpr AccountId kAnn{7};
constexpr std::int64_t kTokenLife_us = 600'000'000;

// A client's end of a stream.
class Watcher {
 public:
  Watcher(aftersales::v1::WarehouseService::Stub& stub, const std::string& token,
          ShopId shop = kShop) {
    context_.AddMetadata("authorization", "Bearer " + token);
    context_.AddMetadata(platform::kShopMetadata, ToString(shop));
    reader_ = stub.WatchTasks(&context_, {});
  }
  ~Watcher() {
    context_.TryCancel();
    if (!finished_) reader_->Finish();
  }

  bool Read() { return reader_->Read(&item_); }
  void Leave() { context_.TryCancel(); }
  grpc::Status Finish() {
    finished_ = true;
    return reader_->Finish();
  }

 private:
  grpc::ClientContext context_;
  WatchTasksResponse item_;
  std::unique_ptr<grpc::ClientReader<WatchTasksResponse>> reader_;
  bool finished_ = false;
};

class StreamTest : public ::testing::Test {
 protected:
  StreamTest() : StreamTest(std::make_unique<platform::ManualClock>()) {}

  void As(grpc::ClientContext& context, const std::string& token) {
    context.AddMetadata("authorization", "Bearer " + token);
    context.AddMetadata(platform::kShopMetadata, "1");
  }
  // A handler that sends one item and then waits until it is told to end.
  void WatchUntilLeft() {
    tasks_.watch = [this](const Call&, Tasks::Writer& writer) {
      writer.Write({});
      while (writer.Pause(std::chrono::seconds(60))) continue;
      ++left_;
    };
  }

  // The stream's answer after `loss`, which comes while it is open.
  grpc::Status AnswerAfter(const std::function<void()>& loss) {
    WatchUntilLeft();
    Watcher watcher(*stub_, token_);
    EXPECT_TRUE(watcher.Read());
    loss();
    EXPECT_FALSE(watcher.Read());
    EXPECT_TRUE(WaitFor([this] { return left_ == 1; }));
    return watcher.Finish();
  }

 private:
  explicit StreamTest(std::unique_ptr<platform::ManualClock> clock)
      : clock_(*clock),
        house_({.streams = {.threads = 3, .queue = 0},
                .streams_per_shop = 2,
                .judge_streams_every = std::chrono::milliseconds(20)},
               std::move(clock)),
        token_(house_.Member(kAnn, kShop, {ROLE_WAREHOUSE})) {
    house_.Start({&tasks_});
    stub_ = aftersales::v1::WarehouseService::NewStub(house_.Channel());
  }

 protected:
  std::atomic<int> left_ = 0;
  platform::ManualClock& clock_;
  GuardedServer house_;
  Tasks tasks_{house_.guard()};
  std::string token_;
  std::unique_ptr<aftersales::v1::WarehouseService::Stub> stub_;
};

TEST_F(StreamTest, ItemsArriveInOrder) {
  tasks_.watch = [](const Call& call, Tasks::Writer& writer) {
    EXPECT_FALSE(call.Expired());
    for (int i = 0; i < 100; ++i) {
      WatchTasksResponse item;
      item.mutable_task()->set_task_id(std::to_string(i));
      EXPECT_TRUE(writer.Write(item));
    }
  };
  grpc::ClientContext context;
  As(context, token_);
  const auto reader = stub_->WatchTasks(&context, {});
  WatchTasksResponse item;
  int received = 0;
  while (reader->Read(&item)) EXPECT_EQ(item.task().task_id(), std::to_string(received++));
  EXPECT_EQ(received, 100);
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(StreamTest, RefusalEndsTheStream) {
  tasks_.watch = [](const Call&, Tasks::Writer& writer) {
    writer.Write({});
    throw platform::NotFound("task", "9");
  };
  grpc::ClientContext context;
  As(context, token_);
  const auto reader = stub_->WatchTasks(&context, {});
  WatchTasksResponse item;
  EXPECT_TRUE(reader->Read(&item));
  EXPECT_FALSE(reader->Read(&item));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(StreamTest, StrangersAreRefused) {
  grpc::ClientContext context;
  const auto agent = house_.Member(AccountId{8}, kShop, {ROLE_AGENT});
  As(context, agent);
  const auto reader = stub_->WatchTasks(&context, {});
  WatchTasksResponse item;
  EXPECT_FALSE(reader->Read(&item));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(StreamTest, LeavingClientEndsTheHandler) {
  WatchUntilLeft();
  grpc::ClientContext context;
  As(context, token_);
  const auto reader = stub_->WatchTasks(&context, {});
  WatchTasksResponse item;
  ASSERT_TRUE(reader->Read(&item));
  context.TryCancel();
  EXPECT_TRUE(WaitFor([this] { return left_ == 1; }));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(StreamTest, StopEndsOpenStreams) {
  WatchUntilLeft();
  grpc::ClientContext context;
  As(context, token_);
  const auto reader = stub_->WatchTasks(&context, {});
  WatchTasksResponse item;
  ASSERT_TRUE(reader->Read(&item));
  house_.Stop();
  EXPECT_EQ(left_, 1);
  EXPECT_FALSE(reader->Read(&item));
  EXPECT_TRUE(reader->Finish().ok());
}

TEST_F(StreamTest, TooManyStreamsAreRefused) {
  WatchUntilLeft();
  const auto other = house_.Member(kAnn, kOtherShop, {ROLE_WAREHOUSE});
  Watcher first(*stub_, token_);
  Watcher second(*stub_, token_);
  Watcher third(*stub_, other, kOtherShop);
  ASSERT_TRUE(first.Read() && second.Read() && third.Read());
  Watcher fourth(*stub_, other, kOtherShop);
  EXPECT_FALSE(fourth.Read());
  const auto status = fourth.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "OVERLOADED");
  EXPECT_TRUE(RetryInfoOf(status));
}

TEST_F(StreamTest, OneShopHasItsShareOnly) {
  WatchUntilLeft();
  Watcher first(*stub_, token_);
  Watcher second(*stub_, token_);
  ASSERT_TRUE(first.Read() && second.Read());
  Watcher third(*stub_, token_);
  EXPECT_FALSE(third.Read());
  const auto status = third.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "SHOP_STREAMS_EXHAUSTED");
  EXPECT_TRUE(RetryInfoOf(status));
  Watcher of_other_shop(*stub_, house_.Member(kAnn, kOtherShop, {ROLE_WAREHOUSE}), kOtherShop);
  EXPECT_TRUE(of_other_shop.Read());
  first.Leave();
  EXPECT_TRUE(WaitFor([this] { return Watcher(*stub_, token_).Read(); }));
}

TEST_F(StreamTest, LogOutEndsTheStream) {
  const auto status = AnswerAfter([this] { house_.EndSession(kAnn.value); });
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(status), "SESSION_ENDED");
}

TEST_F(StreamTest, AnotherSessionsEndLeavesItOpen) {
  std::atomic<bool> go_on = false;
  tasks_.watch = [&](const Call&, Tasks::Writer& writer) {
    writer.Write({});
    while (!go_on) EXPECT_TRUE(writer.Pause(std::chrono::milliseconds(1)));
    EXPECT_TRUE(writer.Pause(std::chrono::milliseconds(100)));  // is judged meanwhile
  };
  Watcher watcher(*stub_, token_);
  ASSERT_TRUE(watcher.Read());
  house_.EndSession(kAnn.value + 1);
  go_on = true;
  EXPECT_FALSE(watcher.Read());
  EXPECT_TRUE(watcher.Finish().ok());
}

TEST_F(StreamTest, LostMembershipEndsTheStream) {
  const auto status = AnswerAfter([this] { house_.EndMembership(kAnn, kShop); });
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(status), "NOT_A_MEMBER");
}

TEST_F(StreamTest, LostRoleEndsTheStream) {
  const auto status = AnswerAfter([this] { house_.Member(kAnn, kShop, {ROLE_AGENT}); });
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ReasonOf(status), "ROLE_MISSING");
}

TEST_F(StreamTest, ExpiredTokenEndsTheStream) {
  const auto status = AnswerAfter([this] { clock_.Advance(kTokenLife_us); });
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonOf(status), "TOKEN_EXPIRED");
}

TEST_F(StreamTest, HandlerThatOnlyAsksIsToldAsWell) {
  tasks_.watch = [](const Call&, Tasks::Writer& writer) {
    writer.Write({});
    while (!writer.Cancelled()) std::this_thread::yield();
  };
  Watcher watcher(*stub_, token_);
  ASSERT_TRUE(watcher.Read());
  house_.EndSession(kAnn.value);
  EXPECT_FALSE(watcher.Read());
  EXPECT_EQ(ReasonOf(watcher.Finish()), "SESSION_ENDED");
}

TEST_F(StreamTest, ClientThatReadsNothingIsCutOffAsWell) {
  tasks_.watch = [this](const Call&, Tasks::Writer& writer) {
    WatchTasksResponse item;
    item.mutable_task()->set_task_id(std::string(1 << 20, 'x'));
    while (writer.Write(item)) continue;
    ++left_;
  };
  Watcher watcher(*stub_, token_);
  ASSERT_TRUE(watcher.Read());
  house_.EndSession(kAnn.value);
  EXPECT_TRUE(WaitFor([this] { return left_ == 1; }));
}

TEST_F(StreamTest, HandlerSeesTheRolesOfNow) {
  tasks_.watch = [](const Call& call, Tasks::Writer& writer) {
    writer.Write({});
    while (!call.caller.has(ROLE_SUPERVISOR)) {
      if (!writer.Pause(std::chrono::milliseconds(1))) return;
    }
    writer.Write({});
  };
  Watcher watcher(*stub_, token_);
  ASSERT_TRUE(watcher.Read());
  house_.Member(kAnn, kShop, {ROLE_WAREHOUSE, ROLE_SUPERVISOR});
  EXPECT_TRUE(watcher.Read());
  EXPECT_FALSE(watcher.Read());
  EXPECT_TRUE(watcher.Finish().ok());
}

}  // namespace
}  // namespace redress::test
