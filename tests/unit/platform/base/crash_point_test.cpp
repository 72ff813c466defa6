#include "services/platform/base/crash_point.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/process.h"
#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

// Runs in a child of the death test.
[[noreturn]] void PassUntilArmed(const std::string& file, const char* name, int passings) {
  const CrashPointWatch watch("order", file);
  for (int i = 0; i < passings; ++i) CrashPoint(name);
  _exit(0);
}

class CrashPointTest : public testing::Test {
 protected:
  void Write(const std::string& text) { std::ofstream(file_) << text; }

  test::TemporaryDirectory directory_;
  const std::filesystem::path file_ = directory_.path() / "crash_point";
};

using CrashPointDeathTest = CrashPointTest;

TEST_F(CrashPointDeathTest, KillsAtTheArmedPoint) {
  Write("order:before_commit\n");
  EXPECT_EXIT(PassUntilArmed(file_, kBeforeCommit, 1), testing::KilledBySignal(SIGKILL), "");
  // The restarted process lives.
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(CrashPointDeathTest, CountsPassings) {
  EXPECT_EXIT(
      {
        Write("order:before_commit:3");
        PassUntilArmed(file_, kBeforeCommit, 2);
      },
      testing::ExitedWithCode(0), "");
  EXPECT_EXIT(
      {
        Write("order:before_commit:3");
        PassUntilArmed(file_, kBeforeCommit, 3);
      },
      testing::KilledBySignal(SIGKILL), "");
}

TEST_F(CrashPointDeathTest, SparesOtherProcessesAndPoints) {
  for (const char* text : {"aftersales:before_commit", "order:after_apply_before_ack", "order", "",
                           "order:", ":before_commit"}) {
    EXPECT_EXIT(
        {
          Write(text);
          PassUntilArmed(file_, kBeforeCommit, 5);
        },
        testing::ExitedWithCode(0), "")
        << text;
  }
}

TEST_F(CrashPointDeathTest, IsArmedWhileTheProcessRuns) {
  EXPECT_EXIT(
      {
        const CrashPointWatch watch("order", file_);
        CrashPoint(kAfterApplyBeforeAck);
        Write("order:after_apply_before_ack");
        test::WaitFor([] {
          CrashPoint(kAfterApplyBeforeAck);
          return false;
        });
        _exit(0);
      },
      testing::KilledBySignal(SIGKILL), "");
}

TEST_F(CrashPointTest, IsDisarmedWhenTheFileGoes) {
  Write("order:before_commit:1000000");
  const CrashPointWatch watch("order", file_);
  EXPECT_TRUE(internal::crash_point_armed);
  std::filesystem::remove(file_);
  EXPECT_TRUE(test::WaitFor([] { return !internal::crash_point_armed; }));
  CrashPoint(kBeforeCommit);
}

}  // namespace
}  // namespace redress::platform
