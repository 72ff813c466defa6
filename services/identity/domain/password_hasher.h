// Argon2id. A hash costs memory and CPU on purpose, so no more than `at_once` are computed at a
// time: a flood of log-ins waits here instead of taking the machine. Thread-safe.
#pragma once

#include <cstddef>
#include <semaphore>
#include <string>
#include <string_view>

namespace redress::identity {

class PasswordHasher {
 public:
  struct Cost {
    unsigned long long passes = 3;
    std::size_t memory_bytes = 64U << 20U;
    int at_once = 2;
  };

  explicit PasswordHasher(Cost cost);

  // The hash names its algorithm, cost and salt.
  std::string Hash(std::string_view password);
  // An empty hash (nobody has this account name) takes as long as a real one and is never right.
  bool Verify(std::string_view password, const std::string& hash);
  // Whether the hash was made at another cost, so that it should be replaced.
  bool Outdated(const std::string& hash) const;

 private:
  std::string Compute(std::string_view password);

  const Cost cost_;
  std::counting_semaphore<> places_;
  const std::string nobody_;
};

}  // namespace redress::identity
