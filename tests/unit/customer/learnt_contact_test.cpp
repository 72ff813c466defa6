#include "services/customer/domain/learnt_contact.h"

#include <gtest/gtest.h>

namespace redress::customer {
namespace {

constexpr std::int64_t kThen = 1'700'000'000'000'000;

LearntContact Word(Contact contact, std::int64_t at = kThen) {
  return {.customer = CustomerId{5}, .contact = std::move(contact), .source_at = at};
}

const Contact kReached{"王芳", "13800138000", "杭州市文三路 1 号"};

TEST(LearntContact, FieldsThatAreMaskedCountAsEmpty) {
  const Contact masked{"王*", "138****8000", "浙江省杭州市***"};
  EXPECT_TRUE(WithoutMasked(masked).empty());
  EXPECT_EQ(WithoutMasked({"王芳", "138****8000", "杭州"}), (Contact{"王芳", "", "杭州"}));
}

TEST(LearntContact, ReachesByPhoneOrByNameAtAnAddress) {
  EXPECT_TRUE(Reaches({"", "13800138000", ""}));
  EXPECT_TRUE(Reaches({"王芳", "", "杭州市文三路 1 号"}));
  EXPECT_FALSE(Reaches({"王芳", "", ""}));
  EXPECT_FALSE(Reaches({"", "", "杭州市文三路 1 号"}));
}

TEST(LearntContact, IsLearntOfWhomNothingIsKnown) {
  EXPECT_EQ(Judge(Word(kReached), "h", std::nullopt), WordOutcome::kLearn);
}

TEST(LearntContact, TheLaterWordOfASourceHolds) {
  const KnownContact known{.has_phone = true, .source_at = kThen, .hash = "other"};
  EXPECT_EQ(Judge(Word(kReached, kThen + 1), "h", known), WordOutcome::kLearn);
  EXPECT_EQ(Judge(Word(kReached, kThen), "h", known), WordOutcome::kNothing);
  EXPECT_EQ(Judge(Word(kReached, kThen - 1), "h", known), WordOutcome::kNothing);
}

TEST(LearntContact, TheSameWordLaterIsRememberedAsSeenThen) {
  const KnownContact known{.has_phone = true, .source_at = kThen, .hash = "h"};
  EXPECT_EQ(Judge(Word(kReached, kThen + 1), "h", known), WordOutcome::kSeen);
}

TEST(LearntContact, WhatWasEnteredByHandStands) {
  const KnownContact known{.by_hand = true, .hash = {}};
  EXPECT_EQ(Judge(Word(kReached, kThen), "h", known), WordOutcome::kNothing);
}

TEST(LearntContact, AWordWithoutAPhoneTakesNoPhoneAway) {
  const Contact at_home{"王芳", "", "杭州市文三路 1 号"};
  EXPECT_EQ(Judge(Word(at_home, kThen + 1), "h", KnownContact{.has_phone = true, .hash = "o"}),
            WordOutcome::kNothing);
  EXPECT_EQ(Judge(Word(at_home, kThen + 1), "h", KnownContact{.hash = "o"}), WordOutcome::kLearn);
}

}  // namespace
}  // namespace redress::customer
