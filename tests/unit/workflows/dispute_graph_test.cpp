#include <gtest/gtest.h>

#include "workflows/dispute/dispute.h"

namespace redress::workflows::dispute {
namespace {

TEST(DisputeGraph, CompilesWithoutUnreachableStates) {
  EXPECT_EQ(Fire(kInitialState, Withdraw{}, DisputeFacts{}).state, "Withdrawn");
}

}  // namespace
}  // namespace redress::workflows::dispute
