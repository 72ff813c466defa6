#pragma once

#include <map>
#include <mutex>

#include "services/aftersales/domain/case_repository.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

// Takes a block of numbers at a time in a transaction of its own, so that the shop's row is never
// held while cases are opened. What is left of a block when the process ends stays unused.
class SqlCaseNumbers final : public CaseNumbers {
 public:
  explicit SqlCaseNumbers(platform::Pool& pool) : pool_(pool) {}

  std::uint64_t Next(ShopId shop) override;

 private:
  struct Block {
    std::mutex mutex;
    std::uint64_t next = 0;
    std::uint64_t end = 0;
  };

  Block& BlockOf(ShopId shop);

  platform::Pool& pool_;
  std::mutex mutex_;
  std::map<ShopId, Block> blocks_;
};

}  // namespace redress::aftersales
