#include "services/platform/database/connection.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "services/platform/base/crash_point.h"
#include "services/platform/database/driver.h"
#include "services/platform/database/fault_plan.h"
#include "services/platform/database/socket_cut.h"

namespace redress::platform {

namespace {

constexpr std::string_view kSessionNumber = "SELECT CONNECTION_ID()";
constexpr int kDeadlock = 1213;

sql::SQLString AsSqlString(std::string_view text) {
  return sql::SQLString(text.data(), text.size());
}

void Bind(sql::PreparedStatement& statement, std::span<const Value> values) {
  unsigned int index = 0;
  for (const Value& value : values) {
    ++index;
    const ValueAlternatives& bound = value.alternatives();
    if (const auto* text = std::get_if<std::string_view>(&bound)) {
      statement.setString(index, AsSqlString(*text));
    } else if (const auto* number = std::get_if<std::int64_t>(&bound)) {
      statement.setInt64(index, *number);
    } else if (const auto* natural = std::get_if<std::uint64_t>(&bound)) {
      statement.setUInt64(index, *natural);
    } else {
      statement.setNull(index, 0);
    }
  }
}

}  // namespace

Result::Result(std::shared_ptr<Statement> statement, std::unique_ptr<sql::ResultSet> rows)
    : statement_(std::move(statement)), rows_(std::move(rows)) {}
Result::Result(Result&&) noexcept = default;
Result& Result::operator=(Result&& other) noexcept {
  rows_ = std::move(other.rows_);
  statement_ = std::move(other.statement_);
  return *this;
}
Result::~Result() = default;

bool Result::Next() { return rows_->next(); }
std::size_t Result::RowCount() const { return rows_->rowsCount(); }

bool Result::IsNull(int column) const {
  return rows_->isNull(static_cast<std::uint32_t>(column) + 1);
}

void Result::RequireValue(int column) const {
  if (IsNull(column)) {
    throw std::logic_error("column " + std::to_string(column) + " is NULL in [" +
                           statement_->sql.substr(0, 160) + "]");
  }
}

std::int64_t Result::Int64(int column) const {
  RequireValue(column);
  return rows_->getInt64(static_cast<std::uint32_t>(column) + 1);
}

std::uint64_t Result::Uint64(int column) const {
  RequireValue(column);
  return rows_->getUInt64(static_cast<std::uint32_t>(column) + 1);
}

std::string Result::String(int column) const {
  RequireValue(column);
  return rows_->getString(static_cast<std::uint32_t>(column) + 1).asStdString();
}

Digest Result::Bytes32(int column) const { return DigestFromBytes(String(column)); }

std::optional<std::int64_t> Result::OptInt64(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Int64(column));
}

std::optional<std::uint64_t> Result::OptUint64(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Uint64(column));
}

std::optional<std::string> Result::OptString(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(String(column));
}

Connection::Connection(const DatabaseConfig& config, FaultPlan* faults)
    : driver_(std::make_unique<Driver>()), config_(config), faults_(faults) {
  try {
    const auto open = [this] { driver_->session = OpenSession(config_); };
    if (faults_ == nullptr) {
      open();
    } else {
      driver_->socket = SocketOpenedBy(config_, open);
    }
    driver_->plain.reset(driver_->session->createStatement());
  } catch (const sql::SQLException& error) {
    throw MakeDatabaseError(error.getErrorCode(), error.what(), "connect");
  }
  Result number = Query(kSessionNumber);
  number.Next();
  session_number_ = number.Uint64(0);
}

Connection::~Connection() = default;

void Connection::Fail(int code, std::string_view message, std::string_view statement) {
  DatabaseError error = MakeDatabaseError(code, message, statement);
  if (error.kind() == DatabaseError::Kind::kConnectionLost) usable_ = false;
  // The server has undone the transaction (or half of it): whatever followed would be committed on
  // its own, even if the caller swallows this error.
  if (error.kind() == DatabaseError::Kind::kConflict && in_transaction_) undone_by_ = code;
  throw error;
}

void Connection::RequireWhole(std::string_view statement) {
  if (undone_by_ != 0) Fail(undone_by_, "the transaction was undone before", statement);
}

std::shared_ptr<Statement> Connection::Prepare(std::string_view sql) {
  std::shared_ptr<Statement> statement = driver_->statements.Find(sql);
  if (statement != nullptr) return statement;
  statement = std::make_shared<Statement>();
  statement->sql = sql;
  statement->parameters = static_cast<std::size_t>(std::count(sql.begin(), sql.end(), '?'));
  statement->prepared.reset(driver_->session->prepareStatement(AsSqlString(sql)));
  driver_->statements.Keep(statement);
  return statement;
}

Result Connection::Query(std::string_view sql, std::span<const Value> values) {
  RequireWhole(sql);
  try {
    std::shared_ptr<Statement> statement = Prepare(sql);
    Bind(*statement->prepared, values);
    std::unique_ptr<sql::ResultSet> rows(statement->prepared->executeQuery());
    return Result(std::move(statement), std::move(rows));
  } catch (const sql::SQLException& error) {
    driver_->statements.Forget(sql);
    Fail(error.getErrorCode(), error.what(), sql);
  }
}

std::uint64_t Connection::Execute(std::string_view sql, std::span<const Value> values) {
  RequireWhole(sql);
  try {
    const std::shared_ptr<Statement> statement = Prepare(sql);
    Bind(*statement->prepared, values);
    return static_cast<std::uint64_t>(statement->prepared->executeUpdate());
  } catch (const sql::SQLException& error) {
    if (error.getErrorCode() != 1062) driver_->statements.Forget(sql);
    Fail(error.getErrorCode(), error.what(), sql);
  }
}

void Connection::Run(std::string_view sql) {
  RequireWhole(sql);
  try {
    driver_->plain->execute(AsSqlString(sql));
  } catch (const sql::SQLException& error) {
    Fail(error.getErrorCode(), error.what(), sql);
  }
}

void Connection::Begin() {
  Run("START TRANSACTION");
  in_transaction_ = true;
}

void Connection::Commit() {
  CrashPoint(kBeforeCommit);
  if (faults_ != nullptr) StrikeBeforeCommit();
  Run("COMMIT");
  in_transaction_ = false;
  CrashPoint(kAfterCommitBeforeAnswer);
}

void Connection::Rollback() noexcept {
  undone_by_ = 0;
  in_transaction_ = false;
  if (!usable_) return;
  try {
    Run("ROLLBACK");
  } catch (const std::exception&) {
    // The server rolls back when the session ends, which dropping the connection sees to.
    usable_ = false;
  }
}

void Connection::StrikeBeforeCommit() {
  switch (faults_->Next()) {
    case FaultPlan::Fault::kNone:
      return;
    case FaultPlan::Fault::kConflict:
      Run("ROLLBACK");
      Fail(kDeadlock, "injected: the server rolled back at COMMIT", "COMMIT");
    case FaultPlan::Fault::kCutBefore:
      CutSocket(driver_->socket);
      return;
    case FaultPlan::Fault::kCutAfter:
      CutAnswers(driver_->socket);
      return;
    case FaultPlan::Fault::kKill:
      Connection other(config_);
      other.Run("KILL CONNECTION " + std::to_string(session_number_));
      return;
  }
}

bool Connection::Ping() {
  try {
    Run("DO 0");
    return true;
  } catch (const DatabaseError&) {
    usable_ = false;
    return false;
  }
}

std::size_t Connection::cached_statements() const { return driver_->statements.size(); }

std::size_t Connection::cached_parameters() const { return driver_->statements.parameters(); }

Transaction::Transaction(Connection& connection) : connection_(connection) { connection_.Begin(); }

Transaction::~Transaction() {
  if (open_) connection_.Rollback();
}

void Transaction::Commit() {
  connection_.Commit();
  open_ = false;
}

}  // namespace redress::platform
