// Fields of pushes merge to the same whatever came first.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "services/aftersales/domain/platform_push.h"

namespace redress::aftersales {
namespace {

PlatformFields One(const std::string& name, std::int64_t version, const std::string& written) {
  return {{name, {version, written}}};
}

std::string Kept(const std::vector<PlatformFields>& pushes, const std::string& name) {
  PlatformFields known;
  for (const PlatformFields& pushed : pushes) Merge(pushed, known);
  return known.at(name).written;
}

TEST(PlatformFields, TheNewerValueIsKept) {
  const auto older = One("refund_fee", 1, "\"1.00\"");
  const auto newer = One("refund_fee", 2, "\"2.00\"");
  EXPECT_EQ(Kept({older, newer}, "refund_fee"), "\"2.00\"");
  EXPECT_EQ(Kept({newer, older}, "refund_fee"), "\"2.00\"");
}

TEST(PlatformFields, AnEndAbsorbsWhatIsSaidLater) {
  const auto success = One("status", 5, "\"SUCCESS\"");
  const auto later = One("status", 9, "\"WAIT_SELLER_AGREE\"");
  EXPECT_EQ(Kept({success, later}, "status"), "\"SUCCESS\"");
  EXPECT_EQ(Kept({later, success}, "status"), "\"SUCCESS\"");
}

TEST(PlatformFields, OfTwoEndsTheEarlierStands) {
  const auto closed = One("status", 5, "\"CLOSED\"");
  const auto success = One("status", 6, "\"SUCCESS\"");
  EXPECT_EQ(Kept({success, closed}, "status"), "\"CLOSED\"");
  EXPECT_EQ(Kept({closed, success}, "status"), "\"CLOSED\"");
}

TEST(PlatformFields, OfOneVersionTheLaterStageStands) {
  const auto asked = One("status", 5, "\"WAIT_SELLER_AGREE\"");
  const auto agreed = One("status", 5, "\"WAIT_BUYER_RETURN_GOODS\"");
  EXPECT_EQ(Kept({asked, agreed}, "status"), "\"WAIT_BUYER_RETURN_GOODS\"");
  EXPECT_EQ(Kept({agreed, asked}, "status"), "\"WAIT_BUYER_RETURN_GOODS\"");
}

TEST(PlatformFields, AnyOrderAndAnyRepeatGiveTheSame) {
  std::vector<PlatformFields> pushes;
  const char* statuses[] = {"\"WAIT_SELLER_AGREE\"", "2", "3", "\"CLOSED\"", "5", "\"NEW\""};
  for (int i = 0; i < 12; ++i) {
    PlatformFields pushed = One("status", i / 2, statuses[i % 6]);
    pushed["refund_fee"] = {i / 2, std::to_string(i)};
    if (i % 3 == 0) pushed["sid"] = {i / 2, "\"SF" + std::to_string(i) + "\""};
    pushes.push_back(pushed);
  }
  PlatformFields expected;
  for (const auto& pushed : pushes) Merge(pushed, expected);
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::vector<PlatformFields> mixed = pushes;
    mixed.insert(mixed.end(), pushes.begin(), pushes.begin() + 6);
    std::shuffle(mixed.begin(), mixed.end(), random);
    PlatformFields known;
    for (const auto& pushed : mixed) Merge(pushed, known);
    ASSERT_EQ(EncodeFields(known), EncodeFields(expected)) << "seed " << seed;
  }
}

TEST(PlatformFields, AreReadBackAsTheyWere) {
  PlatformFields fields = One("desc", 7, "\"碎了\"");
  fields["#sent"] = {0, "true"};
  EXPECT_EQ(EncodeFields(DecodeFields(EncodeFields(fields))), EncodeFields(fields));
  EXPECT_TRUE(DecodeFields("").empty());
  EXPECT_THROW(DecodeFields(EncodeFields(fields).substr(0, 11)), std::runtime_error);
}

}  // namespace
}  // namespace redress::aftersales
