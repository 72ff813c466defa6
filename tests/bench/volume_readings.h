#pragma once

// What agents look up in the volume bench, through the services, and the same rows by plain SQL.

#include <memory>
#include <string>
#include <vector>

#include "services/platform/database/pool.h"
#include "tests/bench/volume_agents.h"
#include "tests/bench/volume_orders.h"
#include "tests/bench/volume_shop.h"

namespace redress::bench {

// Searches of every kind, in shares as agents make them. Each expects to find something.
std::vector<Reading> Searches(VolumeShop& shop, const VolumeOrders& orders);
// Persons in one call each, as the console opens them.
std::vector<Reading> Timelines(VolumeShop& shop, const VolumeOrders& orders);

// The same questions as statements over the same tables: ids, then the rows of a first page.
// Without permissions, sealing, verification and messages: what the machine would allow.
class PlainReadings {
 public:
  PlainReadings(VolumeShop& shop, const VolumeOrders& orders);
  std::vector<Reading> Searches();
  std::vector<Reading> Timelines();

 private:
  void OrderByNumber(std::uint64_t n);
  void OrdersByParcel(std::uint64_t n);
  void CustomersByNick(std::uint64_t n);
  void OrdersByTitle(std::uint64_t n);
  void Timeline(std::uint64_t n);
  void ReadOrders(platform::Connection& db, const std::vector<std::uint64_t>& ids);

  const VolumeOrders& orders_;
  const std::uint64_t shop_;
  platform::Pool order_;
  platform::Pool customer_;
};

}  // namespace redress::bench
