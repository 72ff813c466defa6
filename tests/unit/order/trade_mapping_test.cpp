// A marketplace's trade objects, as orders.

#include "services/order/api/trade_mapping.h"

#include <gtest/gtest.h>

#include <string>

namespace redress::order {
namespace {

std::string Trade(const std::string& status, const std::string& more = "",
                  const std::string& line = R"("oid":"9007199254740997","price":"10.00","num":2)") {
  return R"({"tid":9007199254740995,"status":")" + status +
         R"(","created":"2024-05-06 08:00:00","modified":"2024-05-07 08:00:00")" + more +
         R"(,"orders":{"order":[{)" + line + "}]}}";
}

std::vector<ReadTrade> Read(const std::string& body) {
  google::protobuf::RepeatedPtrField<std::string> bodies;
  *bodies.Add() = body;
  return ReadTrades("taobao", bodies);
}

v1::OrderInput Order(const std::string& body) {
  const auto trades = Read(body);
  if (trades.size() != 1 || trades[0].problem) {
    ADD_FAILURE() << (trades.empty()
                          ? "nothing"
                          : trades[0].problem->field + " " + trades[0].problem->description);
    return {};
  }
  return trades[0].order;
}

std::string FieldAtFault(const std::string& body) {
  const auto trades = Read(body);
  return trades.size() == 1 && trades[0].problem ? trades[0].problem->field : "taken";
}

TEST(TradeMapping, EveryStatusHasItsPlace) {
  const std::vector<std::pair<std::string, v1::OrderStatus>> statuses = {
      {"TRADE_NO_CREATE_PAY", v1::ORDER_STATUS_WAIT_BUYER_PAY},
      {"WAIT_BUYER_PAY", v1::ORDER_STATUS_WAIT_BUYER_PAY},
      {"PAY_PENDING", v1::ORDER_STATUS_WAIT_BUYER_PAY},
      {"WAIT_PRE_AUTH_CONFIRM", v1::ORDER_STATUS_WAIT_BUYER_PAY},
      {"PAID_FORBID_CONSIGN", v1::ORDER_STATUS_WAIT_SELLER_SEND_GOODS},
      {"WAIT_SELLER_SEND_GOODS", v1::ORDER_STATUS_WAIT_SELLER_SEND_GOODS},
      {"SELLER_CONSIGNED_PART", v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS},
      {"WAIT_BUYER_CONFIRM_GOODS", v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS},
      {"TRADE_BUYER_SIGNED", v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS},
      {"TRADE_FINISHED", v1::ORDER_STATUS_TRADE_FINISHED},
      {"TRADE_CLOSED", v1::ORDER_STATUS_TRADE_CLOSED},
      {"TRADE_CLOSED_BY_TAOBAO", v1::ORDER_STATUS_TRADE_CLOSED_BY_TAOBAO}};
  for (const auto& [name, status] : statuses) {
    EXPECT_EQ(Order(Trade(name)).status(), status) << name;
  }
}

TEST(TradeMapping, AStatusThatIsOnlyNearIsKeptInThePlatformsWord) {
  const v1::OrderInput order = Order(Trade("PAY_PENDING"));
  ASSERT_EQ(order.raw_fields_size(), 1);
  EXPECT_EQ(order.raw_fields(0).text(), "PAY_PENDING");
  EXPECT_FALSE(order.raw_fields(0).personal());
  EXPECT_EQ(Order(Trade("TRADE_FINISHED")).raw_fields_size(), 0);
}

TEST(TradeMapping, IdsMoneyAndTimesAreThePlatforms) {
  const v1::OrderInput order = Order(Trade(
      "TRADE_FINISHED", R"(,"pay_time":"2024-05-06 08:00:01","post_fee":"8.00")",
      R"("oid":9007199254740997,"price":"10.00","num":"2","payment":"19.00","divide_order_fee":"18.50",)"
      R"("outer_iid":"CUP","title":"杯子")"));
  EXPECT_EQ(order.platform(), "taobao");
  EXPECT_EQ(order.order_number(), "9007199254740995");
  EXPECT_EQ(order.order_time().seconds(), 1'714'953'600);
  EXPECT_EQ(order.pay_time().seconds(), 1'714'953'601);
  EXPECT_EQ(order.source_time().seconds(), 1'715'040'000);
  ASSERT_EQ(order.lines_size(), 2);
  EXPECT_EQ(order.lines(0).line_number(), "9007199254740997");
  EXPECT_EQ(order.lines(0).paid_minor(), 1850);  // the share, not the payment
  EXPECT_EQ(order.lines(0).sku(), "CUP");
  EXPECT_EQ(order.lines(0).quantity(), 2);
  EXPECT_TRUE(order.lines(1).postage());
  EXPECT_EQ(order.lines(1).paid_minor(), 800);
}

TEST(TradeMapping, ALineWithoutANumberBearsItsOrders) {
  EXPECT_EQ(Order(Trade("WAIT_BUYER_PAY", "", R"("price":1)")).lines(0).line_number(),
            "9007199254740995");
}

TEST(TradeMapping, TheBuyerAndTheParcelAreRead) {
  const v1::OrderInput order = Order(Trade(
      "TRADE_FINISHED",
      R"(,"buyer_nick":"tb","receiver_name":"李小明","receiver_mobile":"13800138000",)"
      R"("receiver_state":"浙江省","receiver_city":"杭州市","receiver_address":"文一西路969号",)"
      R"("seller_memo":"急","buyer_message":"快","end_time":"2024-05-08 08:00:00")",
      R"("price":"1","invoice_no":"SF1","logistics_company":"SF","consign_time":"2024-05-07 08:00:00")"));
  EXPECT_EQ(order.receiver().address(), "浙江省杭州市文一西路969号");
  EXPECT_EQ(order.memo(), "急");
  EXPECT_EQ(order.buyer_message(), "快");
  ASSERT_EQ(order.shipments_size(), 1);
  EXPECT_EQ(order.shipments(0).tracking_number(), "SF1");
  EXPECT_EQ(order.shipments(0).ship_time().seconds(), 1'715'040'000);
  EXPECT_EQ(order.shipments(0).receive_time().seconds(), 1'715'126'400);
}

TEST(TradeMapping, WhatNoFieldTakesIsKeptAndOnlyShownMasked) {
  const v1::OrderInput order =
      Order(Trade("WAIT_BUYER_PAY", R"(,"new_field":{"phone":"13800138000"})",
                  R"("price":"1","snapshot":"abc")"));
  ASSERT_EQ(order.raw_fields_size(), 2);
  EXPECT_EQ(order.raw_fields(0).name(), "snapshot");
  EXPECT_EQ(order.raw_fields(0).line_number(), "9007199254740995");
  EXPECT_EQ(order.raw_fields(1).text(), R"({"phone":"13800138000"})");
  EXPECT_TRUE(order.raw_fields(1).personal());
}

TEST(TradeMapping, ALongNameIsCutBetweenCharacters) {
  std::string name;
  while (name.size() < 102) name += "字";
  const v1::OrderInput order = Order(Trade("WAIT_BUYER_PAY", ",\"a" + name + "\":1"));
  ASSERT_EQ(order.raw_fields_size(), 1);
  std::string parsed;
  v1::OrderInput again;
  EXPECT_TRUE(order.SerializeToString(&parsed) && again.ParseFromString(parsed))
      << "what is stored can be read";
}

TEST(TradeMapping, ALineTellsWhatWasChosenAndWhereItStands) {
  const v1::OrderInput order = Order(
      Trade("SELLER_CONSIGNED_PART", R"(,"pay_time":"2024-05-06 08:00:01","seller_flag":"3")",
            R"("price":"1","cid":50012,"sku_properties_name":"颜色:红;尺码:L","invoice_no":"SF1",)"
            R"("status":"WAIT_BUYER_CONFIRM_GOODS","refund_status":"WAIT_SELLER_AGREE")"));
  EXPECT_EQ(order.memo_flag(), 3u);
  const v1::OrderLineInput& line = order.lines(0);
  EXPECT_EQ(line.category(), "50012");
  EXPECT_EQ(line.properties(), "颜色:红;尺码:L");
  EXPECT_EQ(line.status(), v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS);
  EXPECT_EQ(line.refund_status(), "WAIT_SELLER_AGREE");
  EXPECT_EQ(line.tracking_number(), "SF1");
  EXPECT_EQ(FieldAtFault(Trade("WAIT_BUYER_PAY", R"(,"seller_flag":6)")), "seller_flag");
}

TEST(TradeMapping, AnswersAndListsAreUnwrapped) {
  EXPECT_EQ(Order(R"({"trade_fullinfo_get_response":{"trade":)" + Trade("WAIT_BUYER_PAY") + "}}")
                .order_number(),
            "9007199254740995");
  EXPECT_EQ(Read("[" + Trade("WAIT_BUYER_PAY") + "," + Trade("TRADE_CLOSED") + "]").size(), 2U);
}

TEST(TradeMapping, WhatIsWrongIsNamed) {
  EXPECT_EQ(FieldAtFault(Trade("NEVER_HEARD_OF")), "status");
  EXPECT_EQ(FieldAtFault(Trade("WAIT_BUYER_PAY", "", R"("price":"1e3")")), "price");
  EXPECT_EQ(FieldAtFault(Trade("WAIT_BUYER_PAY", "", R"("price":"-1.00")")), "price");
  EXPECT_EQ(FieldAtFault(Trade("WAIT_BUYER_PAY", R"(,"pay_time":"soon")")), "pay_time");
  EXPECT_EQ(FieldAtFault(R"({"tid":1,"status":"WAIT_BUYER_PAY","created":"2024-05-06 08:00:00"})"),
            "orders");
  EXPECT_EQ(FieldAtFault(R"({"tid":1,"status":"WAIT_BUYER_PAY"})"), "created");
  EXPECT_EQ(FieldAtFault(R"({"oid":1})"), "tid");
  EXPECT_NE(Read("{").at(0).problem->description.find("no JSON"), std::string::npos);
  EXPECT_EQ(Read("[]").size(), 1U);
}

}  // namespace
}  // namespace redress::order
