#include "services/order/domain/order_input.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "tests/unit/order/samples.h"

namespace redress::order {
namespace {

TEST(Amount, IsRoundedOnceHalfToEven) {
  EXPECT_EQ(AmountOf(3, "6.45", 2), 1935);
  EXPECT_EQ(AmountOf(1, "0.001", 2), 0);
  EXPECT_EQ(AmountOf(5, "0.001", 2), 0);       // 0.005: half, to even 0
  EXPECT_EQ(AmountOf(15, "0.001", 2), 2);      // 0.015: half, to even 2
  EXPECT_EQ(AmountOf(25, "0.001", 2), 2);      // 0.025: half, to even 2
  EXPECT_EQ(AmountOf(1000, "0.001", 2), 100);  // not rounded per unit
  EXPECT_EQ(AmountOf(-15, "0.001", 2), -2);
  EXPECT_EQ(AmountOf(2, "2.5", 0), 5);
  EXPECT_EQ(AmountOf(1, "1.2345", 3), 1234);
  EXPECT_EQ(AmountOf(0, "9.99", 2), 0);
  EXPECT_EQ(AmountOf(1, "-11062.06", 2), -1106206);
}

TEST(Amount, IsBounded) {
  EXPECT_EQ(AmountOf(1, "9999999999999.99", 2), 999'999'999'999'999);
  EXPECT_FALSE(AmountOf(1, "10000000000000.01", 2));
  EXPECT_FALSE(AmountOf(std::numeric_limits<std::int32_t>::max(), "999999999999999", 2));
  EXPECT_FALSE(AmountOf(std::numeric_limits<std::int32_t>::min(), "999999999999999.99999999", 2));
  EXPECT_FALSE(AmountOf(1, "six", 2));
  EXPECT_FALSE(AmountOf(1, "", 2));
}

TEST(PrepareOrder, SortsLinesByNumber) {
  const PreparedOrder prepared =
      Good(PaidOrder({MakeLine("10", 1, "1"), MakeLine("9", 2, "0.50"), MakeLine("2", 1, "3")}));
  ASSERT_EQ(prepared.order.lines.size(), 3u);
  EXPECT_EQ(prepared.order.lines[0].number, "2");
  EXPECT_EQ(prepared.order.lines[1].number, "9");
  EXPECT_EQ(prepared.order.lines[1].paid_minor, 100);
  EXPECT_EQ(prepared.order.lines[1].unit_price, "0.50");
  EXPECT_EQ(prepared.order.lines[2].number, "10");
}

TEST(PrepareOrder, BelievesWhatWasPaid) {
  LineInput line = MakeLine("1", 2, "10.00");
  line.paid_minor = 1500;
  EXPECT_EQ(Good(PaidOrder({line})).order.lines[0].paid_minor, 1500);
  line.unit_price.clear();
  EXPECT_EQ(Good(PaidOrder({line})).order.lines[0].paid_minor, 1500);
}

TEST(PrepareOrder, WithoutLinesHasOneOfTheTotal) {
  OrderInput input = PaidOrder({});
  input.total_minor = 12345;
  const Line line = Good(input).order.lines.at(0);
  EXPECT_EQ(line.number, "T1");
  EXPECT_EQ(line.quantity, 1);
  EXPECT_EQ(line.unit_price, "123.45");
  EXPECT_EQ(line.paid_minor, 12345);
  EXPECT_EQ(line.RefundCeiling(), 12345);
}

TEST(PrepareOrder, CountsPostageOnce) {
  LineInput postage = MakeLine("post", 0, "8.00");
  postage.postage = true;
  const Line line = Good(PaidOrder({postage})).order.lines.at(0);
  EXPECT_EQ(line.quantity, 1);
  EXPECT_EQ(line.paid_minor, 800);
  EXPECT_TRUE(line.postage);
}

TEST(PrepareOrder, TakesNegativeAndFreeLines) {
  const PreparedOrder prepared =
      Good(PaidOrder({MakeLine("1", -12, "4.25"), MakeLine("2", 5, "0"), MakeLine("3", 0, "1")}));
  EXPECT_EQ(prepared.order.lines[0].paid_minor, -5100);
  for (const Line& line : prepared.order.lines) EXPECT_EQ(line.RefundCeiling(), 0);
}

TEST(PrepareOrder, NamesWhatIsWrong) {
  EXPECT_EQ(Bad(PaidOrder({MakeLine("1", 1, "1"), MakeLine("1", 2, "1")})).field,
            "lines[1].line_number");
  EXPECT_EQ(Bad(PaidOrder({MakeLine("1", 1, "")})).field, "lines[0].unit_price");
  EXPECT_EQ(Bad(PaidOrder({MakeLine("1", 1, "1.123456789")})).field, "lines[0].unit_price");
  EXPECT_EQ(Bad(PaidOrder({MakeLine("1", 2'000'000'000, "99999999.99")})).field,
            "lines[0].unit_price");
  OrderInput input = PaidOrder({MakeLine("1", 1, "1")});
  input.lines[0].paid_minor = kMaxLineMinor + 1;
  EXPECT_EQ(Bad(input).field, "lines[0].paid_minor");
  input.lines[0].paid_minor = 1;
  input.lines[0].refunded_elsewhere_minor = -1;
  EXPECT_EQ(Bad(input).field, "lines[0].refunded_elsewhere_minor");
  input = PaidOrder({});
  input.total_minor = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(Bad(input).field, "total_minor");
}

TEST(PrepareOrder, BoundsTheSumOfItsLines) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "1"), MakeLine("2", 1, "1")});
  input.lines[0].paid_minor = kMaxOrderMinor - 1;
  input.lines[1].paid_minor = 1;
  EXPECT_EQ(Good(input).order.lines.size(), 2u);
  input.lines[1].paid_minor = 2;
  EXPECT_EQ(Bad(input).field, "lines");
  input.lines[1].paid_minor = -2;  // what balances would still sum up on its own
  EXPECT_EQ(Bad(input).field, "lines");
}

TEST(PrepareOrder, NamesWrongTimesAndStates) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "1")});
  input.currency = "yuan";
  EXPECT_EQ(Bad(input).field, "currency_code");
  input = PaidOrder({MakeLine("1", 1, "1")});
  input.order_at = 1'700'000'000;  // seconds where microseconds belong
  EXPECT_EQ(Bad(input).field, "order_time");
  input = PaidOrder({MakeLine("1", 1, "1")});
  input.paid_at = 0;
  EXPECT_EQ(Bad(input).field, "pay_time");
  input = PaidOrder({MakeLine("1", 1, "1")});
  input.status = OrderStatus::kTradeClosedByTaobao;
  EXPECT_EQ(Bad(input).field, "pay_time");
  input = PaidOrder({MakeLine("1", 1, "1")});
  input.source_at = -5;
  EXPECT_EQ(Bad(input).field, "source_time");
  input = PaidOrder({MakeLine("1", 1, "1")});
  input.shipments = {{"SF", "1", 0, 0}, {"SF", "1", 0, 0}};
  EXPECT_EQ(Bad(input).field, "shipments[1].tracking_number");
  input.shipments = {{"SF", "1", 0, 7}};
  EXPECT_EQ(Bad(input).field, "shipments[0].receive_time");
}

AdjustmentInput Refund() {
  AdjustmentInput input;
  input.platform = "direct";
  input.number = "C1-1";
  input.quantity = 2;
  input.unit_price = "2.55";
  input.currency = "GBP";
  input.adjust_at = kNoon;
  return input;
}

TEST(PrepareAdjustment, KnowsItsAmount) {
  EXPECT_EQ(std::get<PreparedAdjustment>(Prepare(Refund())).adjustment.amount_minor, 510);
  AdjustmentInput correction = Refund();
  correction.correction = true;
  correction.quantity = 1;
  correction.unit_price = "-11062.06";
  EXPECT_EQ(std::get<PreparedAdjustment>(Prepare(correction)).adjustment.amount_minor, -1106206);
}

TEST(PrepareAdjustment, NamesWhatIsWrong) {
  const auto field = [](const AdjustmentInput& input) {
    return std::get<Problem>(Prepare(input)).field;
  };
  AdjustmentInput input = Refund();
  input.quantity = 0;
  EXPECT_EQ(field(input), "quantity");
  input = Refund();
  input.unit_price = "-1";
  EXPECT_EQ(field(input), "unit_price");
  input.unit_price = "";
  EXPECT_EQ(field(input), "unit_price");
  input = Refund();
  input.currency = "";
  EXPECT_EQ(field(input), "currency_code");
  input = Refund();
  input.adjust_at = 0;
  EXPECT_EQ(field(input), "adjust_time");
}

TEST(PrepareOrder, RefusesMoreDetailsThanASealHolds) {
  OrderInput input = PaidOrder({MakeLine("1", 1, "2")});
  input.details.raw_fields.assign(20, {"列", std::string(2990, 'x'), "", false});
  EXPECT_EQ(Bad(input).field, "raw_fields");
  input.details.raw_fields.pop_back();
  EXPECT_EQ(Good(input).details.raw_fields.size(), 19u);
}

}  // namespace
}  // namespace redress::order
