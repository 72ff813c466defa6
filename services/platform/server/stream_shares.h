#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

#include "services/platform/base/ids.h"

namespace redress::platform {

// Counts the open streams of each shop, so that no shop holds all of a service's. Streams that name
// no shop count together. Safe from every thread.
class StreamShares {
 public:
  // One open stream; may outlive the StreamShares.
  class Share {
   public:
    ~Share();
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

   private:
    friend class StreamShares;
    struct Counts;
    Share(std::shared_ptr<Counts> counts, ShopId shop);

    const std::shared_ptr<Counts> counts_;
    const ShopId shop_;
  };

  explicit StreamShares(std::size_t most_of_shop);

  // Throws Refusal kResourceExhausted, SHOP_STREAMS_EXHAUSTED, when the shop has all that it may.
  std::unique_ptr<Share> Take(ShopId shop);

 private:
  const std::size_t most_of_shop_;
  const std::shared_ptr<Share::Counts> counts_;
};

}  // namespace redress::platform
