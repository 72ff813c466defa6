#include <gtest/gtest.h>

#include "workflows/review/review.h"

namespace redress::workflows::review {
namespace {

TEST(ReviewGraph, CompilesWithoutUnreachableStates) {
  EXPECT_EQ(Fire(kInitialState, ReviewRemoved{}, ReviewFacts{}).state, "Resolved");
}

}  // namespace
}  // namespace redress::workflows::review
