// Server streaming behind the guard.
#include <gtest/gtest.h>

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

class StreamTest : public ::testing::Test {
 protected:
  StreamTest()
      : house_({.streams = {.threads = 2, .queue = 0}}),
        token_(house_.Member(AccountId{7}, kShop, {ROLE_WAREHOUSE})) {
    house_.Start({&tasks_});
    stub_ = aftersales::v1::WarehouseService::NewStub(house_.Channel());
  }
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

  std::atomic<int> left_ = 0;
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
  grpc::ClientContext contexts[3];
  WatchTasksResponse item;
  for (int i = 0; i < 2; ++i) {
    As(contexts[i], token_);
    ASSERT_TRUE(stub_->WatchTasks(&contexts[i], {})->Read(&item));
  }
  As(contexts[2], token_);
  const auto reader = stub_->WatchTasks(&contexts[2], {});
  EXPECT_FALSE(reader->Read(&item));
  const auto status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(RetryInfoOf(status));
}

}  // namespace
}  // namespace redress::test
