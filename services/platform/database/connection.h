#pragma once

// One session at the server: READ COMMITTED, innodb_lock_wait_timeout 2 s, strict SQL mode,
// utf8mb4. Used by one thread at a time. Every statement is prepared once and costs one round trip
// from then on; 256 statements are kept, the least recently used one goes first.
//
//   Result rows = connection.Query(kSelectCase, {shop, id});
//   if (!rows.Next()) throw NotFound("case", ToString(id));
//   std::uint32_t version = rows.Uint64(0);

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "services/platform/base/ids.h"
#include "services/platform/base/text.h"
#include "services/platform/database/database_config.h"
#include "services/platform/database/error.h"
#include "services/platform/database/value.h"

namespace sql {
class ResultSet;
}

namespace redress::platform {

class FaultPlan;
struct Statement;

// The rows of one query, buffered in the client: the connection is free for other statements while
// they are read. Columns count from 0; reading NULL through a non-Opt getter is a logic error.
class Result {
 public:
  Result(Result&&) noexcept;
  Result& operator=(Result&&) noexcept;
  ~Result();

  bool Next();
  std::size_t RowCount() const;
  bool IsNull(int column) const;
  std::int64_t Int64(int column) const;
  std::uint64_t Uint64(int column) const;
  std::string String(int column) const;  // text and bytes alike
  Digest Bytes32(int column) const;
  ShopId Shop(int column) const { return ShopId{static_cast<std::uint32_t>(Uint64(column))}; }
  template <class IdType>
  IdType Id(int column) const {
    return IsNull(column) ? IdType{} : IdType{Uint64(column)};
  }
  std::optional<std::int64_t> OptInt64(int column) const;
  std::optional<std::uint64_t> OptUint64(int column) const;
  std::optional<std::string> OptString(int column) const;

 private:
  friend class Connection;
  Result(std::shared_ptr<Statement> statement, std::unique_ptr<sql::ResultSet> rows);
  void RequireValue(int column) const;

  std::shared_ptr<Statement> statement_;  // before rows_: rows die first
  std::unique_ptr<sql::ResultSet> rows_;
};

class Connection {
 public:
  // Connects; throws DatabaseError. Faults, where given, strike at COMMIT.
  explicit Connection(const DatabaseConfig& config, FaultPlan* faults = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Result Query(std::string_view sql, std::span<const Value> values = {});
  Result Query(std::string_view sql, std::initializer_list<Value> values) {
    return Query(sql, std::span<const Value>(values.begin(), values.size()));
  }
  // Answers how many rows the statement matched (for UPDATE also those that already had the values;
  // ON DUPLICATE KEY UPDATE counts an inserted row as 1 and an updated one as 2).
  std::uint64_t Execute(std::string_view sql, std::span<const Value> values = {});
  std::uint64_t Execute(std::string_view sql, std::initializer_list<Value> values) {
    return Execute(sql, std::span<const Value>(values.begin(), values.size()));
  }
  // Unprepared and without a result: START TRANSACTION, DDL.
  void Run(std::string_view sql);
  // False after the connection was lost; it is then only good for being destroyed.
  bool usable() const { return usable_; }
  void MarkBroken() { usable_ = false; }
  // Asks the server; false when it is gone.
  bool Ping();
  // The server's number of this session.
  std::uint64_t session_number() const { return session_number_; }
  std::size_t cached_statements() const;
  std::size_t cached_parameters() const;

 private:
  friend class Transaction;
  struct Driver;

  void Begin();
  // A statement, because the driver's own commit() hides a lost connection.
  void Commit();
  void Rollback() noexcept;
  std::shared_ptr<Statement> Prepare(std::string_view sql);
  void RequireWhole(std::string_view statement);
  void StrikeBeforeCommit();
  [[noreturn]] void Fail(int code, std::string_view message, std::string_view statement);

  std::unique_ptr<Driver> driver_;
  const DatabaseConfig config_;
  FaultPlan* faults_;
  bool usable_ = true;
  bool in_transaction_ = false;
  int undone_by_ = 0;  // the conflict that undid the open transaction
  std::uint64_t session_number_ = 0;
};

// Begins on construction; rolls back on destruction unless Commit succeeded. A connection whose
// ROLLBACK fails is marked broken. After a conflict every further statement and Commit fail with
// that conflict, because the server has undone what came before. Code that may be run again goes
// through Transact instead.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Throws DatabaseError; after kConnectionLost nobody knows whether it took effect.
  void Commit();
  Connection& connection() { return connection_; }

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace redress::platform
