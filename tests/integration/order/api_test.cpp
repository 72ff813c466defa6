#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <string>

#include "services/platform/server/channel.h"
#include "tests/integration/order/served_house.h"
#include "tests/support/private_maria_db.h"

namespace redress::order {
namespace {

class OrderService : public ::testing::Test {
 protected:
  v1::PushOrderRequest PushOf(const std::string& number) {
    v1::PushOrderRequest request;
    request.set_request_id("push-" + number);
    *request.mutable_order() = InputOf(number);
    return request;
  }
  static v1::OrderInput InputOf(const std::string& number) {
    v1::OrderInput order;
    order.set_platform("taobao");
    order.set_order_number(number);
    order.set_buyer_nick("小明");
    order.set_status(v1::ORDER_STATUS_WAIT_SELLER_SEND_GOODS);
    order.set_currency_code("CNY");
    *order.mutable_order_time() = At(kNoon);
    *order.mutable_pay_time() = At(kNoon + kSecond);
    v1::OrderLineInput& line = *order.add_lines();
    line.set_line_number("1");
    line.set_sku("SKU-1");
    line.set_quantity(3);
    line.set_unit_price("6.45");
    order.mutable_receiver()->set_name("张三丰");
    order.mutable_receiver()->set_phone("13812345678");
    return order;
  }
  v1::Order Push(const v1::PushOrderRequest& request) {
    v1::PushOrderResponse response;
    const grpc::Status status = Repeating([&] {
      const auto context = house_.As(house_.integration);
      return house_.stub->PushOrder(context.get(), request, &response);
    });
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.order();
  }
  grpc::Status Get(const std::string& id, const std::string& token, v1::Order& order) {
    v1::GetOrderRequest request;
    request.set_order_id(id);
    v1::GetOrderResponse response;
    const auto context = house_.As(token);
    const grpc::Status status = house_.stub->GetOrder(context.get(), request, &response);
    order = response.order();
    return status;
  }

  ServedHouse house_{test::InjectedFaults()};
};

TEST_F(OrderService, PushesAndReadsAnOrder) {
  const v1::Order pushed = Push(PushOf("T1"));
  EXPECT_EQ(pushed.etag(), "1");
  EXPECT_EQ(pushed.masked_receiver().phone(), "138****5678");
  EXPECT_FALSE(pushed.customer_id().empty());
  v1::Order read;
  ASSERT_TRUE(Get(pushed.order_id(), house_.agent, read).ok());
  EXPECT_EQ(read.SerializeAsString(), pushed.SerializeAsString());
  EXPECT_EQ(read.paid().minor_units(), 1935);
  EXPECT_EQ(read.lines(0).refund_ceiling().minor_units(), 1935);
  EXPECT_EQ(Push(PushOf("T1")).SerializeAsString(), pushed.SerializeAsString());
}

TEST_F(OrderService, ItsBuyerIsFoundByTheReceiversPhone) {
  const v1::Order order = Push(PushOf("1"));
  const auto found = house_.customers.FindByPhone(kShop, "+86 138-1234-5678");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(platform::ToString(found[0].customer.id), order.customer_id());
  EXPECT_EQ(found[0].masked_contact.name, "张**");
}

TEST_F(OrderService, RefusesWhatTheRulesForbid) {
  v1::PushOrderRequest request = PushOf("T1");
  request.mutable_order()->mutable_lines(0)->set_unit_price("1,50");
  v1::PushOrderResponse response;
  auto context = house_.As(house_.integration);
  const grpc::Status status = house_.stub->PushOrder(context.get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::BadRequestOf(status).field_violations(0).field(), "order.lines[0].unit_price");
  context = house_.As(house_.agent);
  EXPECT_EQ(house_.stub->PushOrder(context.get(), PushOf("T1"), &response).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(OrderService, KnowsNothingOfUnknownOrders) {
  v1::Order order;
  EXPECT_EQ(Get("12345", house_.agent, order).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(OrderService, ImportsWhatIsGood) {
  v1::ImportOrdersRequest request;
  *request.add_orders() = InputOf("1");
  *request.add_orders() = InputOf("2");
  request.mutable_orders(1)->mutable_lines(0)->set_unit_price("a lot");
  *request.add_orders() = InputOf("3");
  request.mutable_orders(2)->clear_order_number();
  v1::AdjustmentInput& refund = *request.add_adjustments();
  refund.set_platform("taobao");
  refund.set_adjustment_number("C1");
  refund.set_buyer_nick("小明");
  refund.set_sku("SKU-1");
  refund.set_quantity(1);
  refund.set_unit_price("6.45");
  refund.set_currency_code("CNY");
  *refund.mutable_adjust_time() = At(kNoon + kDay);
  v1::ImportOrdersResponse response;
  const grpc::Status status = Repeating([&] {
    const auto context = house_.As(house_.integration);
    return house_.stub->ImportOrders(context.get(), request, &response);
  });
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.orders_size(), 3);
  EXPECT_EQ(response.orders(0).outcome(), v1::IMPORT_OUTCOME_CREATED);
  EXPECT_EQ(response.orders(1).outcome(), v1::IMPORT_OUTCOME_REFUSED);
  EXPECT_EQ(response.orders(1).field(), "lines[0].unit_price");
  EXPECT_EQ(response.orders(2).field(), "order_number");
  EXPECT_EQ(response.adjustments(0).outcome(), v1::IMPORT_OUTCOME_CREATED);
  EXPECT_TRUE(response.adjustments(0).matched());

  v1::ListAdjustmentsResponse adjustments;
  const auto list = house_.As(house_.agent);
  ASSERT_TRUE(house_.stub->ListAdjustments(list.get(), {}, &adjustments).ok());
  ASSERT_EQ(adjustments.adjustments_size(), 1);
  EXPECT_EQ(adjustments.adjustments(0).amount().minor_units(), 645);
  EXPECT_FALSE(adjustments.adjustments(0).line_id().empty());
}

TEST_F(OrderService, ListsPages) {
  for (int i = 0; i < 5; ++i) Push(PushOf("T" + std::to_string(i)));
  v1::ListOrdersRequest request;
  request.set_page_size(2);
  int seen = 0;
  do {
    v1::ListOrdersResponse response;
    const auto context = house_.As(house_.agent);
    ASSERT_TRUE(house_.stub->ListOrders(context.get(), request, &response).ok());
    seen += response.orders_size();
    request.set_page_token(response.next_page_token());
    if (seen == 2) {
      v1::ListOrdersRequest foreign = request;
      foreign.set_customer_id("77");
      const auto other = house_.As(house_.agent);
      const grpc::Status status = house_.stub->ListOrders(other.get(), foreign, &response);
      EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
      EXPECT_EQ(test::ReasonOf(status), "PAGE_TOKEN_INVALID");
    }
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, 5);
}

TEST_F(OrderService, TellsLineFactsToAftersalesOnly) {
  const v1::Order order = Push(PushOf("T1"));
  v1::GetLineFactsRequest request;
  request.set_order_id(order.order_id());
  v1::GetLineFactsResponse facts;
  const auto ask = [&](v1::OrderService::Stub& stub, ShopId shop) {
    grpc::ClientContext context;
    platform::AsService(shop, std::chrono::seconds(20), context);
    return stub.GetLineFacts(&context, request, &facts);
  };
  const grpc::Status status = ask(*house_.aftersales_stub, kShop);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(facts.refund_ceiling_minor(), 1935);
  EXPECT_EQ(facts.order_version(), 1u);
  EXPECT_EQ(facts.paid_at_us(), kNoon + kSecond);
  EXPECT_EQ(facts.currency_code(), "CNY");
  EXPECT_EQ(std::to_string(facts.customer_id()), order.customer_id());
  EXPECT_EQ(ask(*house_.aftersales_stub, kOtherShop).error_code(), grpc::StatusCode::NOT_FOUND);
  const auto context = house_.As(house_.agent);
  EXPECT_EQ(house_.stub->GetLineFacts(context.get(), request, &facts).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(OrderService, TellsALineByTheNumbersOfItsPlatform) {
  const v1::Order order = Push(PushOf("9007199254740995"));
  v1::GetLineFactsRequest request;
  v1::GetLineFactsResponse facts;
  const auto ask = [&](const std::string& number, const std::string& line) {
    request.mutable_number()->set_platform("taobao");
    request.mutable_number()->set_order_number(number);
    request.set_line_number(line);
    return Repeating([&] {
      grpc::ClientContext context;
      platform::AsService(kShop, std::chrono::seconds(20), context);
      return house_.aftersales_stub->GetLineFacts(&context, request, &facts);
    });
  };
  ASSERT_TRUE(ask("9007199254740995", "1").ok());
  EXPECT_EQ(std::to_string(facts.order_id()), order.order_id());
  EXPECT_EQ(std::to_string(facts.line_id()), order.lines(0).line_id());
  // Its only line is meant, whatever it is called elsewhere.
  EXPECT_TRUE(ask("9007199254740995", "9007199254740997").ok());
  EXPECT_EQ(ask("9007199254740999", "1").error_code(), grpc::StatusCode::NOT_FOUND);

  v1::PushOrderRequest two = PushOf("9007199254741001");
  *two.mutable_order()->add_lines() = two.order().lines(0);
  two.mutable_order()->mutable_lines(1)->set_line_number("2");
  Push(two);
  EXPECT_TRUE(ask("9007199254741001", "2").ok());
  EXPECT_EQ(ask("9007199254741001", "3").error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(OrderService, TakesTradesAsThePlatformHasThem) {
  v1::PushTradesRequest request;
  request.set_platform("taobao");
  request.add_bodies(
      R"([{"tid":9007199254740995,"status":"TRADE_FINISHED","created":"2024-05-06 08:00:00",)"
      R"("pay_time":"2024-05-06 08:00:00","modified":"2024-05-07 08:00:00","new_field":"x",)"
      R"("orders":{"order":[{"oid":7,"price":"10.00","num":1,"divide_order_fee":"9.00"}]}},)"
      R"({"tid":8,"status":"NEVER_HEARD_OF"}])");
  v1::PushTradesResponse response;
  const auto push = [&] {
    return Repeating([&] {
      const auto context = house_.As(house_.integration);
      return house_.stub->PushTrades(context.get(), request, &response);
    });
  };
  ASSERT_TRUE(push().ok());
  ASSERT_EQ(response.results_size(), 2);
  EXPECT_NE(response.results(0).result().outcome(), v1::IMPORT_OUTCOME_REFUSED);
  EXPECT_EQ(response.results(1).result().field(), "status");
  ASSERT_TRUE(push().ok());
  EXPECT_EQ(response.results(0).result().outcome(), v1::IMPORT_OUTCOME_UNCHANGED);

  v1::GetOrderRequest get;
  get.mutable_number()->set_platform("taobao");
  get.mutable_number()->set_order_number("9007199254740995");
  v1::GetOrderResponse read;
  const auto context = house_.As(house_.agent);
  ASSERT_TRUE(house_.stub->GetOrder(context.get(), get, &read).ok());
  EXPECT_EQ(read.order().lines(0).refund_ceiling().minor_units(), 900);
  ASSERT_EQ(read.order().raw_fields_size(), 1);
  EXPECT_EQ(read.order().raw_fields(0).name(), "new_field");
}

}  // namespace
}  // namespace redress::order
