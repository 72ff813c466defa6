// What is kept of persons in messages: exported, erased and forgotten when old.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/desk/store/personal_data.h"
#include "services/platform/privacy/retention.h"
#include "tests/integration/desk/desk_house.h"

namespace redress::desk {
namespace {

using platform::Connection;

class DeskPrivacy : public testing::Test {
 protected:
  DeskPrivacy() { house_.UseDefaults(); }

  void Settled(std::uint64_t case_id) {
    const std::vector<CaseStep> steps{
        house_.Step(case_id, 1, "record_settled", "FollowingUp", "settled")};
    house_.intake.Take(steps, house_.clock.NowUs());
  }
  Message Of(std::uint64_t case_id) { return house_.OfCase(case_id).at(0); }
  bool EraseSome() {
    return platform::Transact(house_.plain, [&](Connection& db) {
      return data_.EraseSome(db, kShop, std::vector{kCustomer});
    });
  }

  DeskHouse house_;
  DeskPersonalData data_{house_.plain, house_.sealer, house_.clock};
};

TEST_F(DeskPrivacy, ExportsWhatThePersonWasTold) {
  Settled(1);
  Settled(2);
  house_.Dispatch();
  const auto page = data_.Export(kShop, std::vector{kCustomer}, {});
  EXPECT_TRUE(page.more) << "conversations follow";
  const auto told = std::count_if(page.records.begin(), page.records.end(), [](const auto& record) {
    return record.fields.at("text").find("35.90") != std::string::npos;
  });
  EXPECT_EQ(told, 2) << "one of each case; invitations wait";
  EXPECT_TRUE(data_.Export(ShopId{8}, std::vector{kCustomer}, {}).records.empty());
  EXPECT_TRUE(data_.Export(kShop, std::vector{CustomerId{99}}, {}).records.empty());
}

TEST_F(DeskPrivacy, AnErasedPersonIsToldNothingMore) {
  Settled(1);
  house_.Dispatch();
  EXPECT_EQ(Of(1).state, MessageState::kWaitingForPerson);
  EXPECT_FALSE(EraseSome());
  const Message message = Of(1);
  EXPECT_EQ(message.state, MessageState::kCancelled);
  EXPECT_EQ(message.reason, reasons::kCustomerErased);
  EXPECT_FALSE(message.content);
  const std::uint32_t version = message.version;
  EXPECT_FALSE(EraseSome());
  EXPECT_EQ(Of(1).version, version) << "again changes nothing";
}

TEST_F(DeskPrivacy, OldTextsGoWhereTheShopSaysSo) {
  Settled(1);
  house_.Dispatch();
  house_.messages.Change(house_.NewWrite(), Of(1).id, Of(1).version, MessageAction::kMarkSent, "");
  house_.clock.Advance(3 * platform::Retention::kMonthUs);
  Settled(2);
  house_.Dispatch();
  std::string months;
  platform::Retention retention({.pool = house_.plain,
                                 .ids = house_.ids,
                                 .clock = house_.clock,
                                 .shops = [] { return std::vector{kShop}; },
                                 .setting = [&](ShopId, std::string_view) { return months; }},
                                {TextRetention()});
  const auto never = [] { return false; };
  retention.Run(never);
  EXPECT_TRUE(Of(1).content);
  EXPECT_EQ(retention.Preview(kShop, 2).at(0).due, 1u);
  months = "2";
  retention.Run(never);
  EXPECT_FALSE(Of(1).content);
  EXPECT_TRUE(Of(2).content);
  EXPECT_EQ(retention.List(kShop, {}, 10).size(), 1u);
}

}  // namespace
}  // namespace redress::desk
