#pragma once

#include <gtest/gtest.h>

#include <string>

#include "services/platform/database/pool.h"
#include "tests/support/private_maria_db.h"

namespace redress::platform {

// A schema of the test's own with one table of accounts to move amounts between.
class DatabaseTest : public testing::Test {
 protected:
  static constexpr ShopId kShop{7};

  DatabaseTest() {
    Pool::Lease db = pool_.Acquire();
    db->Run(
        "CREATE TABLE accounts (shop_id INT UNSIGNED NOT NULL, account_id BIGINT UNSIGNED NOT NULL,"
        " amount BIGINT NOT NULL, note VARCHAR(64) NULL, digest BINARY(32) NULL, body MEDIUMBLOB"
        " NULL, PRIMARY KEY (shop_id, account_id), UNIQUE KEY unique_note (shop_id, note),"
        " CONSTRAINT amount_not_negative CHECK (amount >= 0)) ENGINE = InnoDB");
  }

  void Insert(std::uint64_t account, std::int64_t amount) {
    pool_.Acquire()->Execute("INSERT INTO accounts (shop_id, account_id, amount) VALUES (?, ?, ?)",
                             {kShop, account, amount});
  }
  std::int64_t Amount(std::uint64_t account) { return AmountSeenBy(*pool_.Acquire(), account); }
  static std::int64_t AmountSeenBy(Connection& db, std::uint64_t account) {
    Result row = db.Query("SELECT amount FROM accounts WHERE shop_id = ? AND account_id = ?",
                          {kShop, account});
    return row.Next() ? row.Int64(0) : -1;
  }
  static void Add(Connection& db, std::uint64_t account, std::int64_t amount) {
    db.Execute("UPDATE accounts SET amount = amount + ? WHERE shop_id = ? AND account_id = ?",
               {amount, kShop, account});
  }
  std::int64_t Sessions() {
    Connection root(test::PrivateMariaDb::Instance().RootConfig());
    Result row = root.Query("SELECT COUNT(*) FROM information_schema.processlist WHERE user = ?",
                            {config_.user});
    row.Next();
    return row.Int64(0);
  }

  const DatabaseConfig config_ = test::PrivateMariaDb::Instance().CreateSchema("database_test");
  Pool pool_{config_};
};

// The error's kind, or nullopt when work throws no DatabaseError.
template <class Work>
std::optional<DatabaseError::Kind> KindThrownBy(Work work) {
  try {
    work();
  } catch (const DatabaseError& error) {
    return error.kind();
  }
  return std::nullopt;
}

}  // namespace redress::platform
