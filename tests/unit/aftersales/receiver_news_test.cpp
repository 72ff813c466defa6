#include "services/aftersales/domain/receiver_news.h"

#include <gtest/gtest.h>

namespace redress::aftersales {
namespace {

std::vector<std::uint32_t> SequencesOfNews(std::uint32_t known,
                                           const std::vector<std::uint32_t>& versions) {
  std::vector<OrderMoment> history;
  for (const std::uint32_t version : versions) {
    history.push_back(
        {.sequence = static_cast<std::uint32_t>(history.size() + 1), .receiver_version = version});
  }
  std::vector<std::uint32_t> sequences;
  for (const OrderMoment& moment : MomentsOfNewReceivers(known, history)) {
    sequences.push_back(moment.sequence);
  }
  return sequences;
}

using List = std::vector<std::uint32_t>;

TEST(NewReceivers, AreThoseThatTookAnothersPlace) {
  EXPECT_EQ(SequencesOfNews(0, {0, 0, 1, 1, 2}), (List{3, 5}));
}

TEST(NewReceivers, AreNotThoseThatAreKnown) {
  EXPECT_EQ(SequencesOfNews(1, {1, 1, 2, 2}), (List{3}));
  EXPECT_EQ(SequencesOfNews(2, {1, 2}), List{});
}

TEST(NewReceivers, AreNotTheFirstOnes) { EXPECT_EQ(SequencesOfNews(0, {0, 0, 0}), List{}); }

}  // namespace
}  // namespace redress::aftersales
