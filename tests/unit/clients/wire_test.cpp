#include "clients/cpp/wire.h"

#include <gtest/gtest.h>
#include <redress/aftersales/v1/case_service.pb.h>
#include <redress/identity/v1/session_service.pb.h>
#include <redress/order/v1/order_service.pb.h>

namespace redress::client {
namespace {

TEST(MethodOf, FindsTheMethodOfARequest) {
  const auto& method = MethodOf(*redress::order::v1::PushOrderRequest::descriptor());
  EXPECT_EQ(PathOf(method), "/redress.order.v1.OrderService/PushOrder");
  EXPECT_EQ(ServiceOf(method), "order");
  EXPECT_EQ(ServiceOf(MethodOf(*redress::aftersales::v1::GetCaseRequest::descriptor())),
            "aftersales");
  EXPECT_EQ(ServiceOf(MethodOf(*redress::identity::v1::LogInRequest::descriptor())), "identity");
}

TEST(MethodOf, RefusesWhatIsNoRequest) {
  EXPECT_THROW(MethodOf(*redress::order::v1::PushOrderResponse::descriptor()), std::logic_error);
}

}  // namespace
}  // namespace redress::client
