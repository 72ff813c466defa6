// What a marketplace says of refunds and ratings.
#include <gtest/gtest.h>
#include <redress/aftersales/v1/platform_service.pb.h>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using e2e::Shop;

// Of an order that is not there: it is kept, and waits.
void FillPush(Shop&, const std::string&, aftersales::PushRefundsRequest& request) {
  static int refunds = 0;
  request.set_platform("taobao");
  request.add_bodies(R"({"refund_id":)" + std::to_string(7000 + ++refunds) +
                     R"(,"tid":1,"refund_fee":"1.00","modified":"2024-05-06 08:00:00"})");
}

// Likewise, a rating.
void FillRating(Shop&, const std::string&, aftersales::PushRatingsRequest& request) {
  static int ratings = 0;
  request.set_platform("taobao");
  request.add_bodies(R"({"tid":)" + std::to_string(9000 + ++ratings) +
                     R"(,"result":"bad","created":"2024-05-06 08:00:00"})");
}

constexpr auto kNothing = [](auto&...) {};

}  // namespace

std::vector<Door> PlatformDoors() {
  Door push = DoorOf<aftersales::PushRefundsRequest>({.roles = "admin integration"}, FillPush);
  push.check = [](const google::protobuf::Message& response) {
    const auto& answer = static_cast<const aftersales::PushRefundsResponse&>(response);
    ASSERT_EQ(answer.results_size(), 1);
    EXPECT_EQ(answer.results(0).outcome(), aftersales::PUSH_OUTCOME_NEW);
  };
  Door rating = DoorOf<aftersales::PushRatingsRequest>({.roles = "admin integration"}, FillRating);
  rating.check = [](const google::protobuf::Message& response) {
    const auto& answer = static_cast<const aftersales::PushRatingsResponse&>(response);
    ASSERT_EQ(answer.results_size(), 1);
    EXPECT_EQ(answer.results(0).outcome(), aftersales::RATING_OUTCOME_NEW);
  };
  return {std::move(push), std::move(rating),
          DoorOf<aftersales::ListPlatformRefundsRequest>(
              {.roles = "agent supervisor finance admin auditor integration"}, kNothing),
          DoorOf<aftersales::ListPlatformRatingsRequest>(
              {.roles = "agent supervisor finance admin auditor integration"}, kNothing),
          DoorOf<aftersales::ListUnmappedRequest>({.roles = "supervisor admin auditor integration"},
                                                  kNothing)};
}

}  // namespace redress::security
