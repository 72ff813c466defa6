#include "services/platform/migrations/migrations.h"

#include <gmock/gmock.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "services/notebook/migrations/migrations.gen.h"
#include "services/platform/base/clock.h"
#include "services/platform/migrations/migrations.gen.h"
#include "tests/integration/platform/database/fixture.h"

namespace redress::platform {
namespace {

using testing::HasSubstr;

class MigrationsTest : public DatabaseTest {
 protected:
  std::vector<std::string> Recorded() {
    std::vector<std::string> names;
    Result rows =
        pool_.Acquire()->Query("SELECT name FROM schema_migrations ORDER BY area, number");
    while (rows.Next()) names.push_back(rows.String(0));
    return names;
  }
  std::string Complaint(const std::vector<Migration>& migrations) {
    try {
      Migrate(pool_, migrations);
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(MigrationsTest, RunEachOnce) {
  EXPECT_EQ(Migrate(pool_, notebook::NotebookMigrations()), 2);
  EXPECT_EQ(Migrate(pool_, notebook::NotebookMigrations()), 0);
  EXPECT_THAT(Recorded(), testing::ElementsAre("create_notes", "add_note_flag"));
  pool_.Acquire()->Execute("INSERT INTO notes (shop_id, note_id, text) VALUES (1, 2, 'x')");
}

TEST_F(MigrationsTest, EmbedTheFileAsItIs) {
  const auto migrations = notebook::NotebookMigrations();
  ASSERT_EQ(migrations.size(), 2u);
  EXPECT_EQ(migrations[1].number, 2);
  EXPECT_EQ(migrations[1].area, "notebook");
  EXPECT_THAT(migrations[1].sql, HasSubstr("COMMENT 'a;b [c] \"d\" \\\\ $e'"));
  EXPECT_THAT(migrations[1].sql, HasSubstr(")sql\"' and a ; inside"));
}

TEST_F(MigrationsTest, AreSafeToRepeatWhenTheRecordIsMissing) {
  Migrate(pool_, notebook::NotebookMigrations());
  Migrate(pool_, PlatformMigrations());
  pool_.Acquire()->Run("DELETE FROM schema_migrations");
  EXPECT_GT(Migrate(pool_, notebook::NotebookMigrations()), 0);
  EXPECT_GT(Migrate(pool_, PlatformMigrations()), 0);
}

TEST_F(MigrationsTest, ManyProcessesAtOnceRunEachOnce) {
  std::atomic<int> ran = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] { ran += Migrate(pool_, notebook::NotebookMigrations()); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ran, 2);
}

TEST_F(MigrationsTest, RefuseAChangedText) {
  Migrate(pool_, notebook::NotebookMigrations());
  std::vector<Migration> changed(notebook::NotebookMigrations().begin(),
                                 notebook::NotebookMigrations().end());
  changed[0].sql += " COMMENT 'new'";
  EXPECT_THAT(Complaint(changed), HasSubstr("notebook 1 create_notes was changed"));
}

TEST_F(MigrationsTest, RefuseNumbersThatRepeatOrGoBack) {
  EXPECT_THAT(Complaint({{1, "a", "DO 1", "x"}, {1, "b", "DO 1", "x"}}), HasSubstr("x 1 b"));
  EXPECT_THAT(Complaint({{2, "a", "DO 1", "x"}, {1, "b", "DO 1", "x"}}), HasSubstr("x 1 b"));
  EXPECT_EQ(Complaint({{2, "a", "DO 1", "x"}, {1, "b", "DO 1", "y"}}), "");
}

TEST_F(MigrationsTest, StopAtTheFirstThatFailsAndGoOnWhenItIsMended) {
  const Migration good{1, "good", "CREATE TABLE IF NOT EXISTS g (shop_id INT PRIMARY KEY)", "x"};
  const Migration bad{2, "bad", "CREATE TABEL g", "x"};
  const Migration last{3, "last", "CREATE TABLE IF NOT EXISTS l (shop_id INT PRIMARY KEY)", "x"};
  EXPECT_THAT(Complaint({good, bad, last}), HasSubstr("1064"));
  EXPECT_THAT(Recorded(), testing::ElementsAre("good"));
  const Migration mended{2, "bad", "ALTER TABLE g ADD COLUMN IF NOT EXISTS n INT", "x"};
  EXPECT_EQ(Complaint({good, mended, last}), "");
  EXPECT_THAT(Recorded(), testing::ElementsAre("good", "bad", "last"));
}

TEST_F(MigrationsTest, LeaveANewerBinarysRecordsAlone) {
  Migrate(pool_, notebook::NotebookMigrations());
  EXPECT_EQ(Migrate(pool_, notebook::NotebookMigrations().first(1)), 0);
}

TEST_F(MigrationsTest, WaitForTheLeaseOfAHolderThatDied) {
  Migrate(pool_, notebook::NotebookMigrations().first(1));
  const std::int64_t now_us = SystemClock().NowUs();
  pool_.Acquire()->Execute(
      "UPDATE schema_migration_lease SET holder = 'dead', leased_until = ? WHERE singleton = 1",
      {now_us + kSecondUs});
  EXPECT_EQ(Migrate(pool_, notebook::NotebookMigrations()), 1);
  EXPECT_GE(SystemClock().NowUs(), now_us + kSecondUs);
}

TEST_F(MigrationsTest, EveryPlatformTableHasAPrimaryKey) {
  Migrate(pool_, PlatformMigrations());
  Result rows = pool_.Acquire()->Query(
      "SELECT t.table_name FROM information_schema.tables t WHERE t.table_schema = ? AND NOT EXISTS"
      " (SELECT 1 FROM information_schema.statistics s WHERE s.table_schema = t.table_schema"
      " AND s.table_name = t.table_name AND s.index_name = 'PRIMARY')",
      {config_.schema});
  while (rows.Next()) ADD_FAILURE() << rows.String(0) << " has no primary key";
}

}  // namespace
}  // namespace redress::platform
