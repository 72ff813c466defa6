// What a platform says of refunds, over a real database.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/platform/database/transact.h"
#include "tests/integration/aftersales/platform_desk.h"
#include "tests/support/under_faults.h"

namespace redress::aftersales {
namespace {

constexpr char kReturn[] =
    R"({"refund_id":9007199254740993,"tid":"5001","oid":"6001","status":"WAIT_SELLER_AGREE",)"
    R"("refund_fee":"20.00","num":1,"has_good_return":true,"buyer_nick":"tb_li_xiaoming",)"
    R"("desc":"请联系 13800138000","secret_field":"浙江省杭州市文一西路969号","modified":"2024-05-06 08:00:01"})";
constexpr char kSuccess[] =
    R"({"refund_id":"9007199254740993","tid":5001,"oid":6001,"status":"SUCCESS",)"
    R"("refund_fee":"20.00","modified":"2024-05-06 08:00:09"})";
constexpr char kRefund[] = "9007199254740993";

class PlatformTest : public ::testing::Test {
 protected:
  std::vector<PlatformObject> Listed(ShopId shop, bool attention_only) {
    PlatformObjectQuery query;
    query.shop = shop;
    query.attention_only = attention_only;
    return desk_.rows.List(query);
  }

  Ground ground_;
  PlatformDesk desk_{ground_};
};

TEST_F(PlatformTest, APushOpensACaseAndTheNextOneEndsIt) {
  EXPECT_THAT(desk_.Push(kShop, {kReturn}).at(0).outcome,
              test::OrAgain(PushOutcome::kNew, PushOutcome::kNothingNew));
  desk_.Follow();
  EXPECT_EQ(desk_.CaseOf(kShop, kRefund).state, "Requested");
  EXPECT_THAT(desk_.Push(kShop, {kSuccess}).at(0).outcome,
              test::OrAgain(PushOutcome::kNews, PushOutcome::kNothingNew));
  desk_.Follow();
  const Case ended = desk_.CaseOf(kShop, kRefund);
  EXPECT_EQ(ended.state, "FollowingUp");
  EXPECT_EQ(ended.Refund().settled_amount, 2000);
  EXPECT_EQ(desk_.Heard(kShop, kRefund).attention, "");
}

TEST_F(PlatformTest, ARepeatTellsNothingNew) {
  desk_.Push(kShop, {kReturn});
  const auto results = desk_.Push(kShop, {kReturn, std::string("[") + kReturn + "]"});
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].outcome, PushOutcome::kNothingNew);
  EXPECT_EQ(results[1].outcome, PushOutcome::kNothingNew);
  desk_.Follow();
  EXPECT_EQ(ground_.Count("SELECT COUNT(case_id) FROM cases"), 1);
}

TEST_F(PlatformTest, ABadObjectKeepsNobodyElseOut) {
  const auto results = desk_.Push(kShop, {R"({"refund_id":1})", kReturn, "nothing"});
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[0].field, "modified");
  EXPECT_EQ(results[0].body, 0U);
  EXPECT_THAT(results[1].outcome, test::OrAgain(PushOutcome::kNew, PushOutcome::kNothingNew));
  EXPECT_EQ(results[1].problem, "");
  EXPECT_NE(results[2].problem, "");
}

TEST_F(PlatformTest, ARefundWaitsForItsOrder) {
  desk_.orders.Hide("5001");
  desk_.Push(kShop, {kReturn});
  desk_.Follow();
  const PlatformObject waiting = desk_.Heard(kShop, kRefund);
  EXPECT_EQ(waiting.attention, kOrderUnknown);
  EXPECT_GT(waiting.due_at, ground_.clock.NowUs());
  EXPECT_FALSE(waiting.case_id);

  desk_.orders.Arrive("5001");
  const std::string numbers[] = {"4999", "5001"};
  desk_.rows.OrdersAreThere(kShop, numbers, ground_.clock.NowUs());
  desk_.Follow();
  EXPECT_EQ(desk_.CaseOf(kShop, kRefund).state, "Requested");
  EXPECT_EQ(desk_.Heard(kShop, kRefund).attention, "");
}

TEST_F(PlatformTest, WithoutTheOrdersEventTheRefundLooksAgainByItself) {
  desk_.orders.Hide("5001");
  desk_.Push(kShop, {kReturn});
  desk_.Follow();
  desk_.orders.Arrive("5001");
  ground_.clock.Set(desk_.Heard(kShop, kRefund).due_at);
  desk_.Follow();
  EXPECT_EQ(desk_.CaseOf(kShop, kRefund).state, "Requested");
}

TEST_F(PlatformTest, ACaseThatAPersonOpenedIsFollowedOn) {
  auto open = desk_.house.Open(LineId{6001}, 2000);
  auto& body = std::get<OpenCase>(open->body);
  body.line = desk_.orders.Find(kShop, "taobao", "5001", "6001");
  body.currency = "CNY";
  body.platform_refund_id = kRefund;
  const CaseId id = desk_.house.Insist(*open).after.id;
  desk_.Push(kShop, {kSuccess});
  desk_.Follow();
  EXPECT_EQ(desk_.Heard(kShop, kRefund).case_id, id);
  EXPECT_EQ(desk_.house.Now(id).state, "FollowingUp");
}

TEST_F(PlatformTest, DifferencesAreListedAndTheOthersAreNot) {
  desk_.orders.Hide("5002");
  desk_.Push(kShop,
             {kReturn,
              R"({"refund_id":2,"tid":5002,"refund_fee":"1.00","refund_version":1714953600000})"});
  desk_.Follow();
  const auto all = Listed(kShop, false);
  const auto differing = Listed(kShop, true);
  EXPECT_EQ(all.size(), 2U);
  ASSERT_EQ(differing.size(), 1U);
  EXPECT_EQ(differing[0].key, "2");
  EXPECT_TRUE(Listed(ShopId{8}, false).empty());
}

TEST_F(PlatformTest, UnmappedFieldsAreCountedByObjects) {
  desk_.Push(kShop, {kReturn, kReturn, kSuccess});
  desk_.Push(kShop, {R"({"refund_id":2,"secret_field":1,"modified":"2024-05-06 08:00:01"})"});
  const auto unmapped = desk_.rows.ListUnmapped(kShop, 0, 10);
  ASSERT_EQ(unmapped.size(), 1U);
  EXPECT_EQ(unmapped[0].what.field, "secret_field");
  EXPECT_EQ(unmapped[0].objects, 2);
}

TEST_F(PlatformTest, WhatNamesPeopleIsSealed) {
  desk_.Push(kShop, {kReturn});
  desk_.Follow();
  for (const char* secret : {"13800138000", "tb_li_xiaoming", "文一西路"}) {
    for (const char* table : {"platform_refunds", "step_texts"}) {
      const std::string column =
          table == std::string_view("step_texts") ? "sealed" : "fields_sealed";
      EXPECT_EQ(
          ground_.Count("SELECT COUNT(shop_id) FROM " + std::string(table) + " WHERE LOCATE('" +
                        secret + "', CONVERT(" + column + " USING utf8mb4)) > 0"),
          0)
          << secret << " in " << table;
    }
  }
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM platform_refunds WHERE customer_id > 0"), 1);
}

TEST_F(PlatformTest, AnErasedPersonsRefundTakesInNothingMoreAndKeepsNobodyWaiting) {
  desk_.Push(kShop, {kReturn});
  desk_.Follow();
  const std::int64_t customer = desk_.CaseOf(kShop, kRefund).customer.value;
  platform::Transact(ground_.quiet_pool, [&](platform::Connection& db) {
    desk_.house.sealer.DestroySubject(db, kShop, platform::SubjectKind::kCustomer, customer);
  });
  EXPECT_EQ(desk_.Push(kShop, {kSuccess}).at(0).outcome, PushOutcome::kNothingNew);
  // Another refund of theirs has no key of its own yet; a stranger's goes its way beside it.
  desk_.Push(
      kShop,
      {R"({"refund_id":2,"tid":5101,"status":1,"refund_fee":"1.00","modified":"2024-05-06 08:00:01"})",
       R"({"refund_id":3,"tid":5002,"status":1,"refund_fee":"1.00","modified":"2024-05-06 08:00:01"})"});
  desk_.Follow();
  EXPECT_EQ(desk_.CaseOf(kShop, "3").state, "Requested");
  EXPECT_EQ(ground_.Count("SELECT COUNT(shop_id) FROM platform_refunds WHERE refund_id = '2' AND"
                          " fields_sealed = ''"),
            1);
}

TEST_F(PlatformTest, TwoProcessesHearTheSameAtOnce) {
  PlatformDesk other(ground_, 2);
  Together(4, [&](int i) {
    PlatformDesk& mine = i % 2 == 0 ? desk_ : other;
    for (int round = 0; round < 5; ++round) {
      mine.Push(kShop, {i < 2 ? kReturn : kSuccess});
      mine.FollowOnce();
    }
  });
  desk_.Follow();
  EXPECT_EQ(ground_.Count("SELECT COUNT(case_id) FROM cases"), 1);
  EXPECT_EQ(desk_.CaseOf(kShop, kRefund).state, "FollowingUp");
  EXPECT_EQ(desk_.CaseOf(kShop, kRefund).Refund().settled_amount, 2000);
}

}  // namespace
}  // namespace redress::aftersales
