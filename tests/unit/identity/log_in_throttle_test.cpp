#include "services/identity/domain/log_in_throttle.h"

#include <gtest/gtest.h>

namespace redress::identity {
namespace {

using platform::kMinuteUs;
using platform::kSecondUs;

constexpr std::int64_t kNow = 1'772'323'200'000'000;

LogInFailures Failed(int times, std::int64_t at) {
  LogInFailures failures;
  for (int i = 0; i < times; ++i) failures = AfterFailure(failures, at);
  return failures;
}

TEST(AccountThrottle, FiveFailuresAreFree) {
  EXPECT_EQ(WaitUs(Failed(0, kNow), kNow), 0);
  EXPECT_EQ(WaitUs(Failed(4, kNow), kNow), 0);
  EXPECT_EQ(WaitUs(Failed(5, kNow), kNow), 30 * kSecondUs);
}

TEST(AccountThrottle, WaitDoublesUpToItsBound) {
  EXPECT_EQ(WaitUs(Failed(6, kNow), kNow), 60 * kSecondUs);
  EXPECT_EQ(WaitUs(Failed(7, kNow), kNow), 120 * kSecondUs);
  EXPECT_EQ(WaitUs(Failed(100, kNow), kNow), 15 * kMinuteUs);
  EXPECT_EQ(WaitUs(Failed(5, kNow), kNow + 10 * kSecondUs), 20 * kSecondUs);
  EXPECT_EQ(WaitUs(Failed(5, kNow), kNow + 30 * kSecondUs), 0);
}

TEST(AccountThrottle, AnHourForgets) {
  EXPECT_EQ(AfterFailure(Failed(9, kNow), kNow + platform::kHourUs).count, 1u);
  EXPECT_EQ(AfterFailure(Failed(9, kNow), kNow + platform::kHourUs - 1).count, 10u);
}

TEST(AccountThrottle, AClockSetBackLocksNobodyOutForLonger) {
  EXPECT_EQ(WaitUs(Failed(5, kNow), kNow - platform::kDayUs), 30 * kSecondUs);
}

TEST(PeerThrottle, BurstThenOnePerInterval) {
  PeerThrottle peers({.burst = 3, .failures_per_minute = 6, .most_peers = 10});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(peers.WaitUs("a", kNow), 0) << i;
    peers.Failed("a", kNow);
  }
  EXPECT_EQ(peers.WaitUs("a", kNow), 10 * kSecondUs);
  EXPECT_EQ(peers.WaitUs("b", kNow), 0);
  EXPECT_EQ(peers.WaitUs("a", kNow + 10 * kSecondUs), 0);
  peers.Failed("a", kNow + 10 * kSecondUs);
  EXPECT_GT(peers.WaitUs("a", kNow + 10 * kSecondUs), 0);
  EXPECT_EQ(peers.WaitUs("a", kNow + kMinuteUs), 0);
}

TEST(PeerThrottle, KnowsABoundedNumberOfPeers) {
  PeerThrottle peers({.burst = 1, .failures_per_minute = 1, .most_peers = 2});
  for (const char* peer : {"a", "b", "c"}) peers.Failed(peer, kNow);
  EXPECT_EQ(peers.WaitUs("a", kNow), 0);  // the one that has been quiet for longest
  EXPECT_GT(peers.WaitUs("b", kNow), 0);
  EXPECT_GT(peers.WaitUs("c", kNow), 0);
}

}  // namespace
}  // namespace redress::identity
