// Which open case of the same line or order another one joins.

#include "services/aftersales/domain/open_beside.h"

#include <gtest/gtest.h>

#include <vector>

#include "services/aftersales/domain/case_kind.h"

namespace redress::aftersales {
namespace {

using workflows::dispute::Channel;

constexpr ShopId kShop{7};
constexpr OrderId kOrder{70};
constexpr CaseId kReview{11};
constexpr LineId kWholeOrder{};

// Cases in memory, oldest first; nothing else is asked for.
class Cases final : public CaseRepository {
 public:
  std::vector<Case> all;

  std::optional<Case> Find(ShopId, CaseId id) override {
    for (const Case& one : all) {
      if (one.id == id) return one;
    }
    return std::nullopt;
  }
  std::vector<Case> List(const CaseQuery& query) override {
    std::vector<Case> found;
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
      if (one->order == query.about_order && KindOf(*one) == query.kind) found.push_back(*one);
    }
    return found;
  }
  std::optional<Case> FindByNumber(ShopId, std::uint64_t) override { return std::nullopt; }
  std::vector<Case> FindMany(ShopId, std::span<const CaseId>) override { return {}; }
  std::optional<CaseId> FindByRequest(ShopId, Origin, std::string_view) override {
    return std::nullopt;
  }
  std::vector<Step> ListSteps(ShopId, CaseId, std::uint32_t, std::size_t) override { return {}; }
  std::vector<std::string> OpenTexts(const Case&, std::span<const std::uint32_t>) override {
    return {};
  }
  std::optional<LedgerRow> FindLine(ShopId, LineId) override { return std::nullopt; }
  bool IsContactRefused(ShopId, CustomerId) override { return false; }
  bool HasOpenComplaint(const Case&) override { return false; }
  std::optional<Step> FindLastStep(ShopId, CaseId, std::string_view) override {
    return std::nullopt;
  }
  std::optional<Step> FindStepAt(ShopId, CaseId, std::int64_t) override { return std::nullopt; }
  std::optional<StoredCase> FindStored(ShopId, CaseId) override { return std::nullopt; }
  std::vector<StoredText> ReadTexts(const Case&, std::uint32_t, std::uint32_t) override {
    return {};
  }
  std::vector<CaseId> ListHistories(ShopId, CaseId, std::size_t) override { return {}; }
};

class DisputeBeside : public ::testing::Test {
 protected:
  // A review of line 700.
  DisputeBeside() { Review(LineId{700}); }

  void Review(LineId line) {
    cases_.all.clear();
    Add(kReview, line).progress.emplace<workflows::review::ReviewProgress>();
  }
  workflows::dispute::DisputeProgress& Dispute(CaseId id, LineId line) {
    return Add(id, line).progress.emplace<workflows::dispute::DisputeProgress>();
  }
  Beside Found() { return OpenDisputeBeside(cases_, kShop, kReview); }

  Cases cases_;

 private:
  Case& Add(CaseId id, LineId line) {
    Case& one = cases_.all.emplace_back();
    one.shop = kShop;
    one.id = id;
    one.order = kOrder;
    one.line = line;
    return one;
  }
};

TEST_F(DisputeBeside, IsThatOfTheLine) {
  Dispute(CaseId{12}, LineId{700});
  Dispute(CaseId{13}, LineId{701});
  EXPECT_EQ(Found().open, CaseId{12});
}

TEST_F(DisputeBeside, IsThatOfTheWholeOrderWhereTheLineHasNone) {
  Dispute(CaseId{12}, kWholeOrder);
  EXPECT_EQ(Found().open, CaseId{12});
}

TEST_F(DisputeBeside, IsThatOfTheLineBeforeThatOfTheOrder) {
  Dispute(CaseId{12}, LineId{700});
  Dispute(CaseId{13}, kWholeOrder);
  EXPECT_EQ(Found().open, CaseId{12});
}

TEST_F(DisputeBeside, OfTheOrderIsJoinedWhereThatOfTheLineIsTaken) {
  Dispute(CaseId{12}, LineId{700}).review = 99;
  Dispute(CaseId{13}, kWholeOrder);
  EXPECT_EQ(Found().open, CaseId{13});
}

TEST_F(DisputeBeside, OfTheWholeOrderThatDecidesAboutARefundIsTaken) {
  Dispute(CaseId{12}, kWholeOrder).channel = Channel::kEscalatedRefund;
  EXPECT_FALSE(Found().open);
  EXPECT_TRUE(Found().is_taken);
}

TEST_F(DisputeBeside, OfALineIsNotThatOfAReviewOfTheOrder) {
  Review(kWholeOrder);
  Dispute(CaseId{12}, LineId{700});
  EXPECT_FALSE(Found().open);
  EXPECT_FALSE(Found().is_taken);
}

TEST_F(DisputeBeside, ThatHasEndedIsNone) {
  Dispute(CaseId{12}, kWholeOrder);
  cases_.all.back().final = true;
  EXPECT_FALSE(Found().open);
}

}  // namespace
}  // namespace redress::aftersales
