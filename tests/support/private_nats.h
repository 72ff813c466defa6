#pragma once

// A real nats-server of the test's own, with JetStream in a temporary directory and a free port of
// the loopback address.
//
//   PrivateNats bus;
//   NatsConnection nats({.url = bus.url(), .name = "test"});

#include <filesystem>
#include <string>

#include "tests/support/process.h"

namespace redress::test {

class PrivateNats {
 public:
  PrivateNats();
  ~PrivateNats();
  PrivateNats(const PrivateNats&) = delete;
  PrivateNats& operator=(const PrivateNats&) = delete;

  std::string url() const;

  // SIGKILL, as a crash. Start brings the bus up again, on the same port and store.
  void Kill();
  void Start();
  // Ends the server, if it runs, and removes everything that JetStream kept.
  void Wipe();

 private:
  TemporaryDirectory directory_;
  const int port_;
  Process server_;
};

}  // namespace redress::test
