// Customers and orders.
#include <gtest/gtest.h>
#include <redress/customer/v1/customer_service.pb.h>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace customer = redress::customer::v1;
namespace order = redress::order::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kReaders[] = "agent supervisor finance admin auditor integration";
constexpr char kImporters[] = "admin integration";
constexpr auto kNothing = [](Shop&, const std::string&, auto&) {};

std::string SomeCustomer(Shop& shop) { return shop.PushOrder().customer_id(); }

void FillOrder(order::OrderInput& input) {
  input.set_platform("direct");
  input.set_order_number(Unique("order"));
  input.set_buyer_nick("buyer-1");
  input.set_status(order::ORDER_STATUS_WAIT_BUYER_PAY);
  input.set_currency_code("CNY");
  input.mutable_order_time()->set_seconds(1'700'000'000);
  input.set_total_minor(100'00);
}

void ExpectCreated(const google::protobuf::Message& response) {
  const auto& results = dynamic_cast<const order::ImportOrdersResponse&>(response).orders();
  ASSERT_EQ(results.size(), 1);
  EXPECT_EQ(results[0].outcome(), order::IMPORT_OUTCOME_CREATED) << results[0].problem();
}

Door ImportDoor() {
  Door door = DoorOf<order::ImportOrdersRequest>(
      {.roles = kImporters}, [](Shop&, auto&, auto& request) { FillOrder(*request.add_orders()); });
  door.check = ExpectCreated;
  return door;
}

}  // namespace

std::vector<Door> CustomerDoors() {
  return {
      DoorOf<customer::UpsertCustomerRequest>({.roles = "agent supervisor admin integration"},
                                              [](Shop&, auto&, auto& request) {
                                                request.set_request_id(Unique("customer"));
                                                request.set_platform("direct");
                                                request.set_nick(Unique("nick"));
                                                request.mutable_contact()->set_phone("13900139000");
                                              }),
      DoorOf<customer::EnsureCustomersRequest>({.services = "order aftersales desk"},
                                               [](Shop&, auto&, auto& request) {
                                                 request.set_platform("direct");
                                                 request.add_nicks(Unique("nick"));
                                               }),
      DoorOf<customer::GetCustomerRequest>(
          {.roles = kReaders, .services = "desk"},
          [](Shop& shop, auto&, auto& request) { request.set_customer_id(SomeCustomer(shop)); }),
      DoorOf<customer::FindCustomerRequest>(
          {.roles = kReaders},
          [](Shop&, auto&, auto& request) { request.set_phone("13900139000"); }),
      DoorOf<customer::ListCustomersRequest>({.roles = kReaders}, kNothing),
      DoorOf<customer::RevealContactRequest>({.roles = "agent supervisor"},
                                             [](Shop& shop, auto&, auto& request) {
                                               request.set_request_id(Unique("reveal"));
                                               request.set_customer_id(SomeCustomer(shop));
                                               request.set_reason("calling back");
                                             })};
}

std::vector<Door> OrderDoors() {
  return {DoorOf<order::PushOrderRequest>({.roles = kImporters},
                                          [](Shop&, auto&, auto& request) {
                                            request.set_request_id(Unique("push"));
                                            FillOrder(*request.mutable_order());
                                          }),
          ImportDoor(),
          DoorOf<order::PushTradesRequest>(
              {.roles = kImporters},
              [](Shop&, auto&, auto& request) {
                static int trades = 0;
                request.set_platform("taobao");
                request.add_bodies(R"({"tid":)" + std::to_string(8000 + ++trades) +
                                   R"(,"status":"WAIT_BUYER_PAY","created":"2024-05-06 08:00:00",)"
                                   R"("orders":[{"price":"1.00","num":1}]})");
              }),
          DoorOf<order::GetOrderRequest>({.roles = kReaders, .services = "desk"},
                                         [](Shop& shop, auto&, auto& request) {
                                           request.set_order_id(shop.PushOrder().order_id());
                                         }),
          DoorOf<order::ListOrdersRequest>({.roles = kReaders},
                                           [](Shop& shop, auto&, auto& request) {
                                             request.set_customer_id(SomeCustomer(shop));
                                           }),
          DoorOf<order::ListAdjustmentsRequest>({.roles = kReaders},
                                                [](Shop& shop, auto&, auto& request) {
                                                  request.set_customer_id(SomeCustomer(shop));
                                                }),
          DoorOf<order::GetLineFactsRequest>({.services = "aftersales"},
                                             [](Shop& shop, auto&, auto& request) {
                                               const order::Order pushed = shop.PushOrder();
                                               request.set_order_id(pushed.order_id());
                                               request.set_line_id(pushed.lines(0).line_id());
                                             })};
}

}  // namespace redress::security
