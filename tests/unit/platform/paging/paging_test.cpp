#include "services/platform/paging/paging.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"

namespace redress::platform {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

void ExpectRefused(const PageQuery& query, const std::string& token, std::size_t numbers) {
  try {
    query.Decode(token, numbers);
    FAIL() << "took " << token;
  } catch (const Refusal& refusal) {
    EXPECT_EQ(refusal.code(), Code::kInvalidArgument);
    EXPECT_EQ(refusal.reason(), "PAGE_TOKEN_INVALID");
    ASSERT_EQ(refusal.violations().size(), 1u);
    EXPECT_EQ(refusal.violations()[0].field, "page_token");
  }
}

TEST(PageToken, GivesBackTheKey) {
  const PageQuery query("ListOrders", ShopId{7}, {"42"});
  EXPECT_EQ(query.Decode(query.Encode({5, kLargest}), 2), (PageKey{5, kLargest}));
  EXPECT_EQ(query.Decode(query.Encode({0}), 1), PageKey{0});
}

TEST(PageToken, IsAbsentOnTheFirstPage) {
  EXPECT_FALSE(PageQuery("ListOrders", ShopId{7}).Decode("", 2).has_value());
}

TEST(PageToken, FitsTheField) {
  const PageQuery query("ListOrders", ShopId{7});
  const PageKey key(PageQuery::kMaxKeyNumbers, kLargest);
  EXPECT_LE(query.Encode(key).size(), 200u);
}

TEST(PageToken, OfAnotherQueryIsRefused) {
  const PageQuery query("ListOrders", ShopId{7}, {"42"});
  const std::string token = query.Encode({5, 6});
  ExpectRefused(PageQuery("ListOrders", ShopId{8}, {"42"}), token, 2);
  ExpectRefused(PageQuery("ListOrders", ShopId{7}, {"43"}), token, 2);
  ExpectRefused(PageQuery("ListOrders", ShopId{7}), token, 2);
  ExpectRefused(PageQuery("ListAdjustments", ShopId{7}, {"42"}), token, 2);
  ExpectRefused(query, token, 1);
}

TEST(PageToken, TellsFiltersApart) {
  const std::string token = PageQuery("List", ShopId{7}, {"ab", "c"}).Encode({1});
  ExpectRefused(PageQuery("List", ShopId{7}, {"a", "bc"}), token, 1);
  ExpectRefused(PageQuery("List", ShopId{7}, {"ab", "c", ""}), token, 1);
}

TEST(PageToken, OnceAlteredIsRefused) {
  const PageQuery query("ListOrders", ShopId{7});
  const std::string token = query.Encode({5, 6});
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string altered = token;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    if (UnBase64Url(altered) == UnBase64Url(token)) continue;
    ExpectRefused(query, altered, 2);
  }
  for (const std::string invented : {"A", "nonsense", "!!", "5", "é"}) {
    ExpectRefused(query, invented, 2);
  }
  ExpectRefused(query, token + "AAAA", 2);
  ExpectRefused(query, token.substr(0, token.size() - 4), 2);
}

TEST(PageSize, IsBounded) {
  EXPECT_EQ(PageSize(0), 50u);
  EXPECT_EQ(PageSize(1), 1u);
  EXPECT_EQ(PageSize(200), 200u);
  EXPECT_EQ(PageSize(4'000'000'000u), 200u);
}

}  // namespace
}  // namespace redress::platform
