#include "services/platform/base/periodic.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace redress::platform {
namespace {

// Rounds that go on until they are told to end, of which there is always one more.
struct Work {
  std::promise<void> begun;
  std::promise<void> end;
  std::shared_future<void> ended = end.get_future().share();
  std::atomic<int> rounds = 0;
  Periodic periodic{std::chrono::milliseconds(1),
                    [this] {
                      if (++rounds == 1) begun.set_value();
                      ended.wait();
                      return true;
                    },
                    nullptr};
};

TEST(Periodic, ThatIsAskedToStopBeginsNoOtherRoundAndKeepsNobodyWaiting) {
  Work one;
  Work other;
  for (Work* work : {&one, &other}) {
    work->periodic.Start();
    work->begun.get_future().wait();
  }
  // Both rounds are under way: whoever waited for one here would wait for ever.
  one.periodic.AskToStop();
  other.periodic.AskToStop();
  other.end.set_value();
  other.periodic.Stop();
  EXPECT_EQ(other.rounds, 1);
  one.end.set_value();
  one.periodic.Stop();
  EXPECT_EQ(one.rounds, 1);
}

}  // namespace
}  // namespace redress::platform
