// Role by role and field by field: whoever reads customers and orders reads them masked; clear text
// comes from reveals alone.

#include <gtest/gtest.h>
#include <redress/customer/v1/customer_service.pb.h>

#include <string>
#include <vector>

#include "clients/cpp/call_error.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/shop.h"

namespace redress::e2e {
namespace {

namespace customer = redress::customer::v1;

constexpr char kName[] = "司马相如";
constexpr char kPhone[] = "13712345678";
constexpr char kAddress[] = "浙江省杭州市文一西路969号3幢";

// Every role; whether it may read customers and orders at all.
struct RoleCase {
  std::string role;
  bool reads = false;
};

class Masks : public testing::TestWithParam<RoleCase> {
 protected:
  // What the calls that show contact data answer, as bytes; empty where the role is refused.
  template <class Response, class Request>
  std::string Read(const Request& request) {
    std::string text;
    const std::string reason = ReasonOf(
        [&] { text = shop_.As(GetParam().role).Call<Response>(request).SerializeAsString(); });
    EXPECT_EQ(reason, GetParam().reads ? "" : "ROLE_MISSING");
    return text;
  }
  static void ExpectMasked(const std::string& text) {
    for (const char* clear : {kName, kPhone, kAddress}) {
      EXPECT_EQ(text.find(clear), std::string::npos) << clear << " is shown";
    }
  }

  Shop shop_{Stack::Shared()};
};

TEST_P(Masks, HideEveryFieldOfContactData) {
  customer::UpsertCustomerRequest upsert;
  upsert.set_platform("direct");
  upsert.set_nick(Unique("masked"));
  upsert.mutable_contact()->set_name(kName);
  upsert.mutable_contact()->set_phone(kPhone);
  upsert.mutable_contact()->set_address(kAddress);
  const auto made = shop_.As("agent").Call<customer::UpsertCustomerResponse>(upsert).customer();
  order::PushOrderRequest push;
  push.mutable_order()->set_platform("direct");
  push.mutable_order()->set_order_number(Unique("order"));
  push.mutable_order()->set_buyer_nick(upsert.nick());
  push.mutable_order()->set_status(order::ORDER_STATUS_WAIT_BUYER_PAY);
  push.mutable_order()->set_currency_code("CNY");
  push.mutable_order()->mutable_order_time()->set_seconds(1'700'000'000);
  push.mutable_order()->set_total_minor(100'00);
  push.mutable_order()->mutable_receiver()->set_name(kName);
  push.mutable_order()->mutable_receiver()->set_phone(kPhone);
  push.mutable_order()->mutable_receiver()->set_address(kAddress);
  const auto pushed = shop_.As("integration").Call<order::PushOrderResponse>(push).order();

  customer::GetCustomerRequest get;
  get.set_customer_id(made.customer_id());
  ExpectMasked(Read<customer::GetCustomerResponse>(get));
  customer::FindCustomerRequest find;
  find.set_phone(kPhone);
  ExpectMasked(Read<customer::FindCustomerResponse>(find));
  ExpectMasked(Read<customer::ListCustomersResponse>(customer::ListCustomersRequest()));
  order::GetOrderRequest get_order;
  get_order.set_order_id(pushed.order_id());
  ExpectMasked(Read<order::GetOrderResponse>(get_order));
  order::ListOrdersRequest list;
  list.set_customer_id(made.customer_id());
  ExpectMasked(Read<order::ListOrdersResponse>(list));
  ExpectMasked(pushed.SerializeAsString());
  ExpectMasked(made.SerializeAsString());
}

INSTANTIATE_TEST_SUITE_P(OfEveryRole, Masks,
                         testing::Values(RoleCase{"agent", true}, RoleCase{"supervisor", true},
                                         RoleCase{"warehouse", false}, RoleCase{"finance", true},
                                         RoleCase{"admin", true}, RoleCase{"auditor", true},
                                         RoleCase{"integration", true}),
                         [](const auto& tested) { return tested.param.role; });

}  // namespace
}  // namespace redress::e2e
