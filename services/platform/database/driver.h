#pragma once

// The driver behind Connection and Result; included by this folder's sources only.

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <memory>

#include "services/platform/database/connection.h"
#include "services/platform/database/statement_cache.h"

namespace redress::platform {

// Opens a session with everything that connection.h promises, but no schema-wide state. Throws
// sql::SQLException; std::runtime_error when the password file cannot be read.
std::unique_ptr<sql::Connection> OpenSession(const DatabaseConfig& config);

struct Connection::Driver {
  std::unique_ptr<sql::Connection> session;
  std::unique_ptr<sql::Statement> plain;
  StatementCache statements;
  int socket = -1;  // known only where faults are injected
};

}  // namespace redress::platform
