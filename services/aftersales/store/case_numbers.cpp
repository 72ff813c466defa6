#include "services/aftersales/store/case_numbers.h"

#include "services/platform/database/transact.h"

namespace redress::aftersales {
namespace {

constexpr std::uint64_t kBlock = 32;

constexpr char kTakeBlock[] =
    "INSERT INTO case_numbers (shop_id, next_number) VALUES (?, ?)"
    " ON DUPLICATE KEY UPDATE next_number = next_number + ?";
constexpr char kReadNext[] = "SELECT next_number FROM case_numbers WHERE shop_id = ?";

}  // namespace

std::uint64_t SqlCaseNumbers::Next(ShopId shop) {
  Block& block = BlockOf(shop);
  const std::lock_guard lock(block.mutex);
  if (block.next == block.end) {
    // A block taken twice, after a lost COMMIT, is a gap and nothing worse.
    block.end = platform::Transact(pool_, [&](platform::Connection& db) {
      db.Execute(kTakeBlock, {shop, 1 + kBlock, kBlock});
      platform::Result rows = db.Query(kReadNext, {shop});
      rows.Next();
      return rows.Uint64(0);
    });
    block.next = block.end - kBlock;
  }
  return block.next++;
}

SqlCaseNumbers::Block& SqlCaseNumbers::BlockOf(ShopId shop) {
  const std::lock_guard lock(mutex_);
  return blocks_[shop];
}

}  // namespace redress::aftersales
