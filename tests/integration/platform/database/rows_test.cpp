#include "services/platform/database/rows.h"

#include <gmock/gmock.h>

#include <stdexcept>

#include "tests/integration/platform/database/fixture.h"

namespace redress::platform {
namespace {

class MultiRowTest : public DatabaseTest {
 protected:
  // Accounts 1…count, each with its number as the amount.
  std::vector<Value> Accounts(std::uint64_t count) {
    std::vector<Value> values;
    for (std::uint64_t i = 1; i <= count; ++i) values.insert(values.end(), {kShop, i, i});
    return values;
  }
  std::vector<Value> Keys(std::uint64_t first, std::uint64_t last) {
    std::vector<Value> values;
    for (std::uint64_t i = first; i <= last; ++i) values.insert(values.end(), {kShop, i});
    return values;
  }

  const MultiRow insert_{"INSERT INTO accounts (shop_id, account_id, amount) VALUES ", 3, "", 32};
  const MultiRow lock_{
      "SELECT account_id, amount FROM accounts FORCE INDEX (PRIMARY)"
      " WHERE (shop_id, account_id) IN (",
      2, ") ORDER BY account_id FOR UPDATE", 32};
  Connection db_{config_};
};

TEST(Placeholders, AreWrittenPerRow) {
  EXPECT_EQ(Placeholders(1, 1), "(?)");
  EXPECT_EQ(Placeholders(2, 3), "(?,?),(?,?),(?,?)");
  EXPECT_EQ(Placeholders(2, 0), "");
}

TEST_F(MultiRowTest, WritesEveryCountWithFewStatements) {
  const std::size_t before = db_.cached_statements();
  for (std::uint64_t count = 0; count <= 77; ++count) {
    EXPECT_EQ(insert_.Execute(db_, Accounts(count)), count);
    db_.Execute("DELETE FROM accounts WHERE shop_id = ?", {kShop});
  }
  EXPECT_LE(db_.cached_statements() - before, 12u);  // 1, 2, 3, 4, 8, … 32 and the DELETE
}

TEST_F(MultiRowTest, ReadsEachKeyOnceThoughListsArePadded) {
  insert_.Execute(db_, Accounts(100));
  for (const std::uint64_t last : {1, 2, 3, 4, 5, 31, 32, 33, 35, 50, 100}) {
    std::vector<std::uint64_t> seen;
    lock_.Query(db_, Keys(1, last), [&](Result& row) {
      EXPECT_EQ(row.Uint64(0), row.Uint64(1));
      seen.push_back(row.Uint64(0));
    });
    ASSERT_EQ(seen.size(), last);
    for (std::uint64_t i = 0; i < last; ++i) EXPECT_EQ(seen[i], i + 1);
  }
}

TEST_F(MultiRowTest, ManyRowsAreWrittenAndReadWithFewStatements) {
  const MultiRow insert("INSERT INTO accounts (shop_id, account_id, amount) VALUES ", 3, "", 512);
  const MultiRow select("SELECT account_id FROM accounts WHERE (shop_id, account_id) IN (", 2, ")",
                        512);
  const std::size_t before = db_.cached_statements();
  for (std::uint64_t count = 3; count <= 1100; count += 29) {
    EXPECT_EQ(insert.Execute(db_, Accounts(count)), count);
    std::uint64_t found = 0;
    select.Query(db_, Keys(1, count), [&](Result&) { ++found; });
    EXPECT_EQ(found, count);
    db_.Execute("DELETE FROM accounts WHERE shop_id = ?", {kShop});
  }
  // Each 1, 2, 3, then 4, 8, … 60, then 64, 128, … 512; and the DELETE.
  EXPECT_LE(db_.cached_statements() - before, 2 * (3 + 15 + 8) + 1u);
}

TEST_F(MultiRowTest, AStatementHasSomeThousandParametersAtMost) {
  const MultiRow insert("INSERT INTO accounts (shop_id, account_id, amount) VALUES ", 3, "", 8192);
  const std::size_t before = db_.cached_parameters();
  EXPECT_EQ(insert.Execute(db_, Accounts(8000)), 8000u);
  EXPECT_LE(db_.cached_parameters() - before, 2u * 4096);
}

TEST_F(MultiRowTest, AConnectionKeepsABoundedNumberOfParameters) {
  for (int i = 0; i < 100; ++i) {
    const MultiRow select(
        "SELECT " + std::to_string(i) + " FROM accounts WHERE (shop_id, account_id) IN (", 2, ")",
        2048);
    select.Query(db_, Keys(1, 2048), [](Result&) {});
  }
  EXPECT_LE(db_.cached_parameters(), 128u * 1024);
  EXPECT_GT(db_.cached_parameters(), 64u * 1024);
}

TEST_F(MultiRowTest, LeavesOutWhatIsNotThere) {
  insert_.Execute(db_, Accounts(3));
  int rows = 0;
  lock_.Query(db_, Keys(3, 9), [&](Result&) { ++rows; });
  lock_.Query(db_, {}, [&](Result&) { ++rows; });
  EXPECT_EQ(rows, 1);
}

TEST_F(MultiRowTest, RefusesHalfRowsAndNonsense) {
  std::vector<Value> values = Accounts(2);
  values.pop_back();
  EXPECT_THROW(insert_.Execute(db_, values), std::logic_error);
  EXPECT_THROW(MultiRow("INSERT", 0), std::invalid_argument);
  EXPECT_THROW(MultiRow("INSERT", 2, "", 0), std::invalid_argument);
  EXPECT_THROW(MultiRow("INSERT", 2, "", 33), std::invalid_argument);
  EXPECT_THROW(MultiRow("INSERT", 2, "", 100), std::invalid_argument);
  EXPECT_THROW(MultiRow("INSERT", 5000, "", 128), std::invalid_argument);
}

}  // namespace
}  // namespace redress::platform
