#pragma once

// Where a service's schema is and how to get in: through a unix socket, or over TCP with TLS.

#include <cstdint>
#include <string>

namespace redress::platform {

struct DatabaseConfig {
  std::string socket_path;  // empty: host and port
  std::string host;
  int port = 3306;
  std::string tls_ca_file;  // required unless the host is a loopback address
  std::string user;
  std::string password_file;  // read at each connect, so that it can be rotated; empty: no password
  std::string schema;
  int connections = 8;
  int connect_timeout_s = 5;
  int read_timeout_s = 60;
  std::int64_t acquire_timeout_us = 2'000'000;
};

}  // namespace redress::platform
