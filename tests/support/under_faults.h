#pragma once

// What tests expect that also run while commits lose their answers: the service runs such a
// transaction again, and it may find its own work done.

#include <gmock/gmock.h>

#include "tests/support/private_maria_db.h"

namespace redress::test {

// `once`; where faults strike also `again`, the answer of a transaction whose first run took
// effect.
template <class Answer>
testing::Matcher<Answer> OrAgain(Answer once, Answer again) {
  if (InjectedFaults() == nullptr) return testing::Eq(once);
  return testing::AnyOf(once, again);
}

}  // namespace redress::test
