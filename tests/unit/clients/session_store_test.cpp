#include "clients/cpp/session_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "clients/cpp/json.h"
#include "tests/unit/clients/temporary_file.h"

namespace redress::client {
namespace {

StoredSession Example(const std::string& refresh_token) {
  StoredSession session{.account_id = "7",
                        .account_name = "agent",
                        .shop_id = "1",
                        .time_zone = "Asia/Shanghai",
                        .currency_code = "CNY",
                        .tokens = {}};
  session.tokens.set_access_token("a");
  session.tokens.set_refresh_token(refresh_token);
  session.tokens.mutable_access_expire_time()->set_seconds(1'900'000'000);
  return session;
}

TEST(SessionFile, KeepsASession) {
  const test::TemporaryFolder folder;
  SessionFile file((folder.path() / "sessions/default.json").string());
  EXPECT_FALSE(file.Load());
  file.Save(Example("r1"));
  const auto loaded = file.Load();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->account_name, "agent");
  EXPECT_EQ(loaded->time_zone, "Asia/Shanghai");
  EXPECT_EQ(loaded->tokens.refresh_token(), "r1");
  EXPECT_EQ(loaded->tokens.access_expire_time().seconds(), 1'900'000'000);
  file.Remove();
  EXPECT_FALSE(file.Load());
  file.Remove();
}

TEST(SessionFile, IsTheOwnersAlone) {
  const test::TemporaryFolder folder;
  SessionFile file((folder.path() / "sessions/default.json").string());
  file.Save(Example("r1"));
  file.Save(Example("r2"));
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(file.path()).permissions() & perms::all,
            perms::owner_read | perms::owner_write);
  EXPECT_EQ(std::filesystem::status(folder.path() / "sessions").permissions() & perms::all,
            perms::owner_all);
}

TEST(SessionFile, LeavesNothingBesideItself) {
  const test::TemporaryFolder folder;
  SessionFile file((folder.path() / "s/default.json").string());
  for (int i = 0; i < 5; ++i) file.Save(Example("r"));
  int files = 0;
  for ([[maybe_unused]] const auto& entry :
       std::filesystem::directory_iterator(folder.path() / "s")) {
    ++files;
  }
  EXPECT_EQ(files, 1);
}

TEST(SessionFile, SaysWhichFileIsBroken) {
  const test::TemporaryFolder folder;
  SessionFile file(folder.Write("default.json", "{\"account_id\":"));
  EXPECT_THROW(file.Load(), std::runtime_error);
}

// Eight processes' worth of refreshes: each takes the latest token and leaves the next one. Without
// the lock two would spend the same token.
TEST(SessionFile, LetsOneRefreshAtATime) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "default.json").string();
  SessionFile(path).Save(Example("0"));
  std::atomic<int> inside = 0;
  std::atomic<int> meetings = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        SessionFile file(path);
        const auto lock = file.Acquire();
        if (inside.fetch_add(1) > 0) ++meetings;
        StoredSession session = *file.Load();
        session.tokens.set_refresh_token(
            std::to_string(std::stoi(session.tokens.refresh_token()) + 1));
        file.Save(session);
        inside.fetch_sub(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(meetings, 0);
  EXPECT_EQ(SessionFile(path).Load()->tokens.refresh_token(), "200");
}

}  // namespace
}  // namespace redress::client
