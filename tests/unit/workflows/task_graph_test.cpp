#include <gtest/gtest.h>

#include "workflows/task/task.h"

namespace redress::workflows::task {
namespace {

TEST(TaskGraph, CompilesWithoutUnreachableStates) {
  EXPECT_EQ(Fire(kInitialState, Cancel{}, TaskFacts{}).state, "Cancelled");
}

}  // namespace
}  // namespace redress::workflows::task
