// Reminders as callers record them: nobody is reminded who asked not to be contacted.

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "redress/order/v1/reminder_service.grpc.pb.h"
#include "services/order/api/reminder_api.h"
#include "tests/integration/order/served_house.h"
#include "tests/integration/order/work_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

class Wishes final : public WishBook {
 public:
  std::function<bool()> answer = [] { return true; };
  std::vector<CustomerId> asked_of;
  bool MayContact(ShopId, CustomerId customer) override {
    asked_of.push_back(customer);
    return answer();
  }
};

class ReminderServiceTest : public testing::Test {
 protected:
  ReminderServiceTest() : api_({server_.guard(), house_.reminders, wishes_}) {
    agent_ = server_.Member(AccountId{2}, kShop, {platform::Role::ROLE_AGENT});
    server_.Start({&api_});
    stub_ = v1::ReminderService::NewStub(server_.Channel());
    order_ = house_.Push(
        UnpaidOrder("A1", house_.clock.NowUs() - kSecond, {MakeLine("1", 1, "10.00")}), "push");
  }

  grpc::Status Remind(const std::string& request_id) {
    v1::RecordReminderRequest request;
    request.set_request_id(request_id);
    request.set_order_id(platform::ToString(order_.id));
    request.set_channel(v1::REMINDER_CHANNEL_CHAT);
    v1::RecordReminderResponse response;
    return Repeating([&] {
      grpc::ClientContext context;
      test::GuardedServer::As(context, agent_, kShop);
      return stub_->RecordReminder(&context, request, &response);
    });
  }
  std::size_t Recorded() { return house_.reminders.List(kShop, {}, {}, 10).size(); }

  WorkHouse house_{test::InjectedFaults()};
  test::GuardedServer server_;
  Wishes wishes_;
  ReminderApi api_;
  std::string agent_;
  std::unique_ptr<v1::ReminderService::Stub> stub_;
  Order order_;
};

TEST_F(ReminderServiceTest, AsksForTheWishesOfTheOrdersBuyer) {
  EXPECT_TRUE(Remind("one").ok());
  ASSERT_FALSE(wishes_.asked_of.empty());
  EXPECT_EQ(wishes_.asked_of.front(), order_.customer);
  EXPECT_EQ(Recorded(), 1u);
}

TEST_F(ReminderServiceTest, ABuyerWhoAskedForNoContactIsNotReminded) {
  wishes_.answer = [] { return false; };
  const grpc::Status status = Remind("one");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_NE(status.error_message().find("not to be contacted"), std::string::npos)
      << status.error_message();
  EXPECT_EQ(Recorded(), 0u);
}

TEST_F(ReminderServiceTest, ARepeatIsAnsweredWhateverTheBuyerHasAskedForSince) {
  ASSERT_TRUE(Remind("one").ok());
  wishes_.answer = [] { return false; };
  EXPECT_TRUE(Remind("one").ok());
  EXPECT_FALSE(Remind("two").ok());
  EXPECT_EQ(Recorded(), 1u);
}

TEST_F(ReminderServiceTest, NobodyIsRemindedUnaskedWhileWishesCannotBeRead) {
  wishes_.answer = []() -> bool { throw platform::Unavailable("AWAY", "It is away."); };
  EXPECT_EQ(Remind("one").error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Recorded(), 0u);
  wishes_.answer = [] { return true; };
  EXPECT_TRUE(Remind("one").ok());
}

}  // namespace
}  // namespace redress::order
