#include "clients/importing/order_identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redress::importing {
namespace {

using redress::order::v1::OrderInput;

OrderInput Sample() {
  OrderInput order;
  order.set_platform("taobao");
  order.set_buyer_nick("buyer");
  order.mutable_order_time()->set_seconds(1'526'000'000);
  order.add_lines()->set_title("书");
  order.mutable_lines(0)->set_paid_minor(4886);
  return order;
}

TEST(OrderIdentity, NamesTheSameOrderTheSameInEveryFile) {
  OrderIdentity one;
  OrderIdentity other;
  const std::string number = one.NumberFor(Sample());
  EXPECT_EQ(number, other.NumberFor(Sample()));
  EXPECT_THAT(number, testing::MatchesRegex("no-order-number:[0-9a-f]{32}:1"));
  EXPECT_LE(number.size(), 64u);
}

TEST(OrderIdentity, TellsRowsThatSayTheSameApartByTheirPlace) {
  OrderIdentity identity;
  const std::string first = identity.NumberFor(Sample());
  const std::string second = identity.NumberFor(Sample());
  EXPECT_NE(first, second);
  EXPECT_TRUE(second.ends_with(":2"));
}

TEST(OrderIdentity, TellsOrdersApartByEachField) {
  OrderIdentity identity;
  const std::string plain = identity.NumberFor(Sample());
  const auto number_of = [&](auto change) {
    OrderInput order = Sample();
    change(order);
    return identity.NumberFor(order);
  };
  EXPECT_NE(plain.substr(0, 40),
            number_of([](OrderInput& o) { o.set_buyer_nick("b"); }).substr(0, 40));
  EXPECT_NE(plain.substr(0, 40),
            number_of([](OrderInput& o) { o.mutable_lines(0)->set_paid_minor(1); }).substr(0, 40));
  EXPECT_NE(plain.substr(0, 40),
            number_of([](OrderInput& o) { o.mutable_pay_time()->set_seconds(9); }).substr(0, 40));
}

TEST(OrderIdentity, SaysNothingOfContactData) {
  OrderIdentity one;
  OrderIdentity other;
  OrderInput order = Sample();
  order.mutable_receiver()->set_phone("13800138000");
  order.set_buyer_account("13800138000");
  order.set_memo("13800138000");
  EXPECT_EQ(one.NumberFor(order), other.NumberFor(Sample()));
}

}  // namespace
}  // namespace redress::importing
