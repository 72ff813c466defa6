// What is kept of persons in cases: exported, erased and forgotten when old, while the history
// still verifies.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/aftersales/domain/history.h"
#include "services/aftersales/domain/step_text.h"
#include "services/aftersales/store/personal_data.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/retention.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;
using platform::Connection;

constexpr LineId kLine{700};

class CasePrivacy : public testing::Test {
 protected:
  CaseId Rejected(const std::string& words) {
    const CaseId id = house_.OpenCase(kLine, 1000);
    auto reject = house_.Fire(id, refund::Reject{});
    reject->text = NewText(words);
    house_.Insist(*reject);
    return id;
  }
  std::vector<CustomerId> CustomerOf(CaseId id) { return {house_.Now(id).customer}; }
  void End(CaseId id) {
    platform::Transact(ground_.quiet_pool, [&](Connection& db) {
      db.Execute(
          "UPDATE cases SET final = 1, due_at = NULL, warn_at = NULL, timer_at = NULL"
          " WHERE shop_id = ? AND case_id = ?",
          {kShop, id});
    });
  }
  void Erase(const std::vector<CustomerId>& customers) {
    platform::Transact(ground_.quiet_pool,
                       [&](Connection& db) { return data_.EraseSome(db, kShop, customers); });
  }
  std::vector<platform::PersonalRecord> ExportAll(ShopId shop,
                                                  const std::vector<CustomerId>& customers) {
    std::vector<platform::PersonalRecord> records;
    platform::ExportPage page;
    do {
      page = data_.Export(shop, customers, page.end);
      records.insert(records.end(), page.records.begin(), page.records.end());
    } while (page.more);
    return records;
  }
  std::string TextOf(CaseId id) {
    const std::uint32_t second[] = {2};
    return house_.cases.OpenTexts(house_.Now(id), second).at(0);
  }

  Ground ground_;
  House house_{ground_};
  AftersalesPersonalData data_{ground_.quiet_pool, house_.sealer};
};

TEST_F(CasePrivacy, ExportsCasesAndWhatWasSaidInThem) {
  const CaseId id = Rejected("kept in the kitchen of Mrs Lovelace");
  const auto records = ExportAll(kShop, CustomerOf(id));
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].kind, "case");
  EXPECT_EQ(records[0].id, id.value);
  EXPECT_EQ(records[0].fields.at("kind"), "refund");
  EXPECT_EQ(records[0].fields.at("state"), house_.Now(id).state);
  EXPECT_EQ(records[0].fields.at("final"), "false");
  EXPECT_EQ(records[1].kind, "case_text");
  EXPECT_EQ(records[1].fields.at("text"), "kept in the kitchen of Mrs Lovelace");
  EXPECT_TRUE(ExportAll(ShopId{8}, CustomerOf(id)).empty());
}

TEST_F(CasePrivacy, OpenCasesKeepAPerson) {
  const CaseId id = Rejected("words");
  const auto open = data_.Obstacles(kShop, CustomerOf(id));
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].id, id.value);
  EXPECT_EQ(open[0].name, std::to_string(house_.Now(id).number));
  End(id);
  EXPECT_TRUE(data_.Obstacles(kShop, CustomerOf(id)).empty());
}

TEST_F(CasePrivacy, ErasedWordsLeaveTheHistoryWhole) {
  const CaseId id = Rejected("kept in the kitchen of Mrs Lovelace");
  Erase(CustomerOf(id));
  EXPECT_EQ(TextOf(id), "");
  EXPECT_EQ(VerifyChain(house_.History(id)), 0u);
  const auto texts = house_.cases.ReadTexts(house_.Now(id), 1, 100);
  ASSERT_EQ(texts.size(), 1u);
  EXPECT_EQ(texts[0].state, StoredText::State::kErased);
}

TEST_F(CasePrivacy, OldWordsOfEndedCasesGoWhereTheShopSaysSo) {
  const CaseId ended = Rejected("old");
  const CaseId open = Rejected("open");
  End(ended);
  ground_.clock.Advance(3 * platform::Retention::kMonthUs);
  std::string months;
  platform::Retention retention({.pool = ground_.quiet_pool,
                                 .ids = house_.ids,
                                 .clock = ground_.clock,
                                 .shops = [] { return std::vector{kShop}; },
                                 .setting = [&](ShopId, std::string_view) { return months; }},
                                {StepTextRetention()});
  const auto never = [] { return false; };
  retention.Run(never);
  EXPECT_EQ(TextOf(ended), "old");
  EXPECT_EQ(retention.Preview(kShop, 2).at(0).due, 1u);
  months = "2";
  retention.Run(never);
  EXPECT_EQ(TextOf(ended), "");
  EXPECT_EQ(TextOf(open), "open");
  EXPECT_EQ(VerifyChain(house_.History(ended)), 0u);
  EXPECT_EQ(retention.List(kShop, {}, 10).size(), 1u);
}

}  // namespace
}  // namespace redress::aftersales
