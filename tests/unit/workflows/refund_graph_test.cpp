#include <gtest/gtest.h>

#include "workflows/refund/refund.h"

namespace redress::workflows::refund {
namespace {

TEST(RefundGraph, CompilesWithoutUnreachableStates) {
  RefundFacts facts;
  facts.progress.amount_asked = 1;
  EXPECT_EQ(Fire(kInitialState, Reject{}, facts).state, "Rejected");
}

}  // namespace
}  // namespace redress::workflows::refund
