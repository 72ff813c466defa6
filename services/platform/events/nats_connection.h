#pragma once

// A connection to the bus that outlives the bus: it may be down at the start or for a while. Calls
// fail at once while it is down; nothing is buffered, since the outbox is the buffer.

#include <nats/nats.h>

#include <memory>
#include <string>

namespace redress::platform {

class Config;

struct NatsConfig {
  std::string url = {};   // nats://127.0.0.1:4222, or several, separated by commas
  std::string name = {};  // of this client, shown by the server
  std::string user = {};  // empty: none
  std::string password_file = {};
  std::string ca_file = {};  // trusted for tls:// URLs; empty: no TLS
};

// The deployment's bus ([nats] and [tls] of its configuration), for the service of that name.
NatsConfig NatsConfigOf(const Config& config, const std::string& service);

// Thread-safe.
class NatsConnection {
 public:
  // Starts connecting and keeps trying for ever. Throws std::runtime_error on a malformed URL or an
  // unreadable password file.
  explicit NatsConnection(const NatsConfig& config);
  ~NatsConnection();
  NatsConnection(const NatsConnection&) = delete;
  NatsConnection& operator=(const NatsConnection&) = delete;

  bool Connected() const;
  natsConnection* get() const { return connection_; }

 private:
  natsConnection* connection_ = nullptr;
};

}  // namespace redress::platform
