#include "services/platform/database/connection.h"

#include <gmock/gmock.h>

#include <limits>
#include <thread>

#include "tests/integration/platform/database/fixture.h"
#include "tests/support/wait_for.h"

namespace redress::platform {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;
using testing::Not;
using Kind = DatabaseError::Kind;

constexpr std::string_view kInsert =
    "INSERT INTO accounts (shop_id, account_id, amount, note, digest, body)"
    " VALUES (?, ?, ?, ?, ?, ?)";
constexpr std::string_view kSelect =
    "SELECT shop_id, account_id, amount, note, digest, body FROM accounts"
    " WHERE shop_id = ? AND account_id = ?";

class ConnectionTest : public DatabaseTest {
 protected:
  Connection db_{config_};
};

TEST_F(ConnectionTest, KeepsEveryTypeExactly) {
  const CaseId id{std::numeric_limits<std::uint64_t>::max()};
  const Digest digest = Sha256("\0with a zero"s);
  std::string bytes;
  for (int i = 0; i < 1024; ++i) bytes += static_cast<char>(i);
  const std::int64_t amount = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(db_.Execute(kInsert, {kShop, id, amount, "退款 😀", digest, bytes}), 1u);
  Result row = db_.Query(kSelect, {kShop, id});
  ASSERT_TRUE(row.Next());
  EXPECT_EQ(row.Shop(0), kShop);
  EXPECT_EQ(row.Id<CaseId>(1), id);
  EXPECT_EQ(row.Int64(2), amount);
  EXPECT_EQ(row.String(3), "退款 😀");
  EXPECT_EQ(row.Bytes32(4), digest);
  EXPECT_EQ(row.String(5), bytes);
  EXPECT_FALSE(row.Next());
}

TEST_F(ConnectionTest, KeepsLargeAndEmptyValues) {
  const std::string large(3'000'000, '\x80');
  db_.Execute(kInsert, {kShop, 1, 1, "", nullptr, large});
  Result row = db_.Query(kSelect, {kShop, 1});
  ASSERT_TRUE(row.Next());
  EXPECT_EQ(row.String(3), "");
  EXPECT_EQ(row.String(5), large);
}

TEST_F(ConnectionTest, TellsNullFromZeroAndEmpty) {
  db_.Execute(kInsert, {kShop, 1, 0, std::optional<std::string>(), nullptr, nullptr});
  Result row = db_.Query(kSelect, {kShop, 1});
  ASSERT_TRUE(row.Next());
  EXPECT_EQ(row.OptInt64(2), 0);
  EXPECT_EQ(row.OptString(3), std::nullopt);
  EXPECT_TRUE(row.IsNull(5));
  EXPECT_EQ(row.Id<CaseId>(3), CaseId{});
  EXPECT_THROW(row.String(3), std::logic_error);
}

TEST_F(ConnectionTest, CountsMatchedRows) {
  Insert(1, 5);
  constexpr std::string_view kUpdate = "UPDATE accounts SET amount = 5 WHERE shop_id = ?";
  EXPECT_EQ(db_.Execute(kUpdate, {kShop}), 1u);
  EXPECT_EQ(db_.Execute(kUpdate, {ShopId{8}}), 0u);
}

TEST_F(ConnectionTest, NamesWhatWasViolated) {
  db_.Execute(kInsert, {kShop, 1, 1, "secret name", nullptr, nullptr});
  try {
    db_.Execute(kInsert, {kShop, 2, 1, "secret name", nullptr, nullptr});
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), Kind::kDuplicateKey);
    EXPECT_EQ(error.key(), "unique_note");
    EXPECT_THAT(error.what(), Not(HasSubstr("secret")));
  }
  try {
    db_.Execute(kInsert, {kShop, 1, 1, nullptr, nullptr, nullptr});
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.key(), "PRIMARY");
  }
  try {
    db_.Execute(kInsert, {kShop, 3, -1, nullptr, nullptr, nullptr});
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), Kind::kCheckViolated);
    EXPECT_EQ(error.key(), "amount_not_negative");
  }
  EXPECT_TRUE(db_.usable());
}

TEST_F(ConnectionTest, RefusesWhatAColumnDoesNotTake) {
  const std::string long_text(65, 'x');
  EXPECT_EQ(KindThrownBy([&] {
              db_.Execute(kInsert, {kShop, 1, 1, long_text, nullptr, nullptr});
            }),
            Kind::kOther);
  try {
    db_.Execute(kInsert, {kShop, 1, 1, "caf\xe9 secret", nullptr, nullptr});
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_THAT(error.what(), Not(HasSubstr("secret")));
  }
  EXPECT_EQ(KindThrownBy([&] { db_.Run("SELEKT 1"); }), Kind::kOther);
  EXPECT_EQ(KindThrownBy([&] { db_.Query("SELECT nothing FROM nowhere"); }), Kind::kOther);
  EXPECT_EQ(Amount(1), -1);
}

TEST_F(ConnectionTest, ReadsOneStatementTwiceAtOnce) {
  Insert(1, 10);
  Insert(2, 20);
  constexpr std::string_view kAll =
      "SELECT account_id FROM accounts WHERE shop_id = ? ORDER BY account_id";
  Result outer = db_.Query(kAll, {kShop});
  std::vector<std::uint64_t> seen;
  while (outer.Next()) {
    Result inner = db_.Query(kAll, {kShop});
    while (inner.Next()) seen.push_back(outer.Uint64(0) * 10 + inner.Uint64(0));
  }
  EXPECT_THAT(seen, testing::ElementsAre(11, 12, 21, 22));
}

TEST_F(ConnectionTest, ResultOutlivesOtherStatementsAndTheCache) {
  Insert(1, 10);
  Result row = db_.Query(kSelect, {kShop, 1});
  for (int i = 0; i < 700; ++i) db_.Query("SELECT " + std::to_string(i));
  EXPECT_LE(db_.cached_statements(), 512u);
  ASSERT_TRUE(row.Next());
  EXPECT_EQ(row.Int64(2), 10);
  EXPECT_EQ(db_.Query(kSelect, {kShop, 1}).RowCount(), 1u);
}

TEST_F(ConnectionTest, ChangesTypesBetweenExecutions) {
  for (const Value& value : {Value(1), Value("text"), Value(nullptr), Value(2u)}) {
    Result row = db_.Query("SELECT ? IS NULL", {value});
    ASSERT_TRUE(row.Next());
  }
}

TEST_F(ConnectionTest, HasTheSessionThatWasPromised) {
  Result row = db_.Query(
      "SELECT @@tx_isolation, @@innodb_lock_wait_timeout, @@sql_mode, @@character_set_client");
  ASSERT_TRUE(row.Next());
  EXPECT_EQ(row.String(0), "READ-COMMITTED");
  EXPECT_EQ(row.Int64(1), 2);
  EXPECT_THAT(row.String(2), HasSubstr("STRICT_ALL_TABLES"));
  EXPECT_EQ(row.String(3), "utf8mb4");
}

TEST_F(ConnectionTest, RepeatedStatementCostsOneRoundTrip) {
  constexpr std::string_view kOne = "SELECT amount FROM accounts WHERE shop_id = ?";
  const auto questions = [&] {
    Result row = db_.Query("SHOW SESSION STATUS LIKE 'Com_stmt_%'");
    std::map<std::string, std::uint64_t> counters;
    while (row.Next()) counters[row.String(0)] = std::stoull(row.String(1));
    return counters;
  };
  db_.Query(kOne, {kShop});
  auto before = questions();
  for (int i = 0; i < 10; ++i) db_.Query(kOne, {kShop});
  auto after = questions();
  EXPECT_EQ(after["Com_stmt_execute"] - before["Com_stmt_execute"], 11u);  // and the SHOW itself
  EXPECT_EQ(after["Com_stmt_prepare"], before["Com_stmt_prepare"]);
  EXPECT_EQ(after["Com_stmt_reset"], before["Com_stmt_reset"]);
}

TEST_F(ConnectionTest, TransactionRollsBackUnlessCommitted) {
  Insert(1, 5);
  {
    Transaction transaction(db_);
    Add(db_, 1, 100);
  }
  EXPECT_EQ(Amount(1), 5);
  {
    Transaction transaction(db_);
    Add(db_, 1, 100);
    transaction.Commit();
  }
  EXPECT_EQ(Amount(1), 105);
}

TEST_F(ConnectionTest, DeadlockIsAConflictAndNothingIsCommittedAfterIt) {
  Insert(1, 0);
  Insert(2, 0);
  Connection other(config_);
  Transaction mine(db_);
  Transaction theirs(other);
  Add(db_, 1, 1);
  Add(other, 2, 1);
  Add(other, 2, 1);
  std::optional<Kind> their_kind;
  std::thread thread([&] { their_kind = KindThrownBy([&] { Add(other, 1, 1); }); });
  const std::optional<Kind> my_kind = KindThrownBy([&] { Add(db_, 2, 1); });
  Connection& loser = my_kind ? db_ : other;
  if (my_kind) {
    // A caller that swallows the conflict must not commit what follows on its own.
    EXPECT_EQ(KindThrownBy([&] { Add(loser, 1, 1000); }), Kind::kConflict);
    EXPECT_EQ(KindThrownBy([&] { mine.Commit(); }), Kind::kConflict);
  }
  thread.join();
  EXPECT_NE(my_kind.has_value(), their_kind.has_value());
  if (their_kind) {
    EXPECT_EQ(KindThrownBy([&] { Add(loser, 2, 1000); }), Kind::kConflict);
    EXPECT_EQ(KindThrownBy([&] { theirs.Commit(); }), Kind::kConflict);
  }
  EXPECT_LT(Amount(1) + Amount(2), 1000);
}

TEST_F(ConnectionTest, LockWaitEndsAfterTwoSecondsAsAConflict) {
  Insert(1, 0);
  Connection other(config_);
  Transaction mine(db_);
  Add(db_, 1, 1);
  Transaction theirs(other);
  Insert(2, 0);
  Add(other, 2, 5);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(KindThrownBy([&] { Add(other, 1, 1); }), Kind::kConflict);
  const auto waited = std::chrono::steady_clock::now() - start;
  EXPECT_GT(waited, std::chrono::seconds(1));
  EXPECT_LT(waited, std::chrono::seconds(10));
  // 1205 undid one statement only; what is left must not be committed.
  EXPECT_EQ(KindThrownBy([&] { theirs.Commit(); }), Kind::kConflict);
  EXPECT_EQ(Amount(2), 0);
}

TEST_F(ConnectionTest, KilledSessionIsLostAndCommitNeverSucceeds) {
  Insert(1, 0);
  Connection other(config_);
  for (int round = 0; round < 20; ++round) {
    Connection victim(config_);
    Transaction transaction(victim);
    Add(victim, 1, 1);
    other.Run("KILL CONNECTION " + std::to_string(victim.session_number()));
    EXPECT_EQ(KindThrownBy([&] { transaction.Commit(); }), Kind::kConnectionLost);
    EXPECT_FALSE(victim.usable());
    EXPECT_FALSE(victim.Ping());
  }
  EXPECT_TRUE(test::WaitFor([&] { return Sessions() <= 3; }));
  EXPECT_EQ(Amount(1), 0);
}

TEST_F(ConnectionTest, InterruptedStatementIsALostConnection) {
  Connection other(config_);
  std::optional<Kind> kind;
  std::atomic<bool> ended = false;
  std::thread sleeper([&] {
    kind = KindThrownBy([&] {
      db_.Query(
          "SELECT COUNT(*) FROM information_schema.columns a,"
          " information_schema.columns b, information_schema.columns c");
    });
    ended = true;
  });
  const std::string kill = "KILL QUERY " + std::to_string(db_.session_number());
  EXPECT_TRUE(test::WaitFor([&] {
    Result row = other.Query("SELECT command FROM information_schema.processlist WHERE id = ?",
                             {db_.session_number()});
    if (row.Next() && row.String(0) == "Execute") other.Run(kill);
    return ended.load();
  }));
  sleeper.join();
  EXPECT_EQ(kind, Kind::kConnectionLost);
  EXPECT_FALSE(db_.usable());
}

TEST_F(ConnectionTest, RefusesAWrongPasswordAndAMissingPasswordFile) {
  DatabaseConfig wrong = config_;
  wrong.password_file.clear();
  EXPECT_EQ(KindThrownBy([&] { Connection{wrong}; }), Kind::kOther);
  wrong.password_file = "/nowhere/password";
  EXPECT_THROW(Connection{wrong}, std::runtime_error);
}

}  // namespace
}  // namespace redress::platform
