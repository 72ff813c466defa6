// What shops decide, made ready for batches: read when it is needed, and once in a batch.

#include "services/aftersales/domain/shop_policies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace redress::aftersales {
namespace {

class NoRules final : public DeadlineRepository {
 public:
  std::vector<DueTimer> Due(std::int64_t, std::size_t) override { return {}; }
  std::size_t CountDue(std::int64_t, std::size_t) override { return 0; }
  DeadlineSettings Settings(ShopId) override { return {}; }
  std::optional<BusinessCalendar> FindCalendar(ShopId, std::string_view, std::uint32_t) override {
    return std::nullopt;
  }
  DeadlineRuleRow SetRule(ShopId, const DatedChange&, const DeadlineRuleRow&) override {
    return {};
  }
  BusinessCalendar SetCalendar(ShopId, const DatedChange&, const BusinessCalendar&) override {
    return {};
  }
};

class Policies : public ::testing::Test {
 protected:
  std::ptrdiff_t Asked(std::string_view beginning) const {
    return std::count_if(asked_.begin(), asked_.end(),
                         [&](const std::string& name) { return name.starts_with(beginning); });
  }
  std::unique_ptr<StepperPolicy> Batch() {
    const ShopId shops[] = {kShop};
    return policies_.ForShops(shops);
  }

  static constexpr ShopId kShop{7};
  std::vector<std::string> asked_;
  std::string month_ = "700";
  NoRules rules_;
  platform::ManualClock clock_{1'000};
  platform::TimeOrderedIds ids_{clock_, 1};
  ShopPolicies policies_{
      ShopPolicies::Options{.currency = [](ShopId) { return std::string("EUR"); }}, rules_,
      [this](ShopId, std::string_view name) {
        asked_.emplace_back(name);
        return name == "compensation_agent_month" ? month_ : std::string();
      },
      ids_};
};

TEST_F(Policies, WhatNoCommandAsksForIsNotRead) {
  const auto batch = Batch();
  EXPECT_EQ(batch->SettlementAttempts(kShop), 3);
  EXPECT_EQ(Asked("settlement_attempts"), 1);
  EXPECT_EQ(Asked("compensation_"), 0);
  EXPECT_EQ(Asked("review_"), 0);
}

TEST_F(Policies, WhatIsReadHoldsForTheBatch) {
  const auto batch = Batch();
  EXPECT_EQ(batch->Compensations(kShop).agent.month, 700);
  month_ = "800";
  EXPECT_EQ(batch->Compensations(kShop).agent.month, 700);
  EXPECT_EQ(Asked("compensation_agent_month"), 1);
  EXPECT_EQ(Batch()->Compensations(kShop).agent.month, 800);
}

TEST_F(Policies, LimitsAreInTheShopsCurrency) {
  EXPECT_EQ(Batch()->Compensations(kShop).currency, "EUR");
}

}  // namespace
}  // namespace redress::aftersales
