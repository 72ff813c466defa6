#pragma once

// A deployment that may be kept from run to run, with one shop and two of its members. What is kept
// is said by REDRESS_BENCH_STATE: a folder; without it everything is gone at the end.

#include <cstdint>
#include <memory>
#include <string>

#include "clients/cpp/client.h"
#include "tests/e2e/stack.h"

namespace redress::bench {

class VolumeShop {
 public:
  VolumeShop();

  e2e::Stack& stack() { return stack_; }
  // Imports orders.
  client::Client& integration() { return *integration_; }
  // Works with customers.
  client::Client& agent() { return *agent_; }
  const std::string& shop_id() const { return shop_id_; }

  // What a load has done so far, kept beside the deployment; 0 in a new one.
  std::uint64_t LoadedOrders() const;
  void KeepLoadedOrders(std::uint64_t orders) const;

 private:
  void MakeShop();
  void SwitchOnShippedRules();
  bool FindShop();
  void KeepShop() const;
  std::unique_ptr<client::Client> LogIn(const std::string& account);

  e2e::Stack stack_;
  std::string shop_id_;
  std::string name_;
  std::string password_;
  std::unique_ptr<client::Client> integration_;
  std::unique_ptr<client::Client> agent_;
};

}  // namespace redress::bench
