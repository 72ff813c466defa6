#pragma once

// The deployment's private database, read as its administrator.

#include "services/platform/database/connection.h"
#include "tests/e2e/stack.h"

namespace redress::chaos {

inline platform::DatabaseConfig RootOf(const e2e::Stack& stack) {
  platform::DatabaseConfig config;
  config.socket_path = (stack.state() / "run/mysql.sock").string();
  config.user = "root";
  return config;
}

}  // namespace redress::chaos
