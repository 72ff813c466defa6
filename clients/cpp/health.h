#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "clients/cpp/channels.h"

namespace redress::client {

// What a service says of itself through the gRPC health protocol.
struct Health {
  std::string service;
  std::string address;
  bool serving = false;
  std::string problem;  // empty when it serves
};

// Asks every service of the endpoints; never throws for one that does not answer.
std::vector<Health> CheckHealth(Channels& channels, std::chrono::milliseconds timeout);

}  // namespace redress::client
