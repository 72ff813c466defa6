#pragma once

// The deployment's JetStream, looked at from outside.

#include "services/platform/events/nats_connection.h"
#include "tests/e2e/stack.h"

namespace redress::security {

class Bus {
 public:
  explicit Bus(const e2e::Stack& stack);

  // Whether every service has taken in everything that was published. False while the bus does not
  // answer.
  bool NothingWaits();

 private:
  platform::NatsConnection connection_;
};

}  // namespace redress::security
