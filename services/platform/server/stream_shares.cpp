#include "services/platform/server/stream_shares.h"

#include <string>
#include <utility>

#include "services/platform/base/errors.h"

namespace redress::platform {
namespace {

constexpr std::int64_t kComeBackIn_us = 5'000'000;

}  // namespace

struct StreamShares::Share::Counts {
  std::mutex mutex;
  std::map<ShopId, std::size_t> open;  // shops without streams have no entry
};

StreamShares::Share::Share(std::shared_ptr<Counts> counts, ShopId shop)
    : counts_(std::move(counts)), shop_(shop) {}

StreamShares::Share::~Share() {
  const std::lock_guard lock(counts_->mutex);
  const auto found = counts_->open.find(shop_);
  if (--found->second == 0) counts_->open.erase(found);
}

StreamShares::StreamShares(std::size_t most_of_shop)
    : most_of_shop_(most_of_shop), counts_(std::make_shared<Share::Counts>()) {}

std::unique_ptr<StreamShares::Share> StreamShares::Take(ShopId shop) {
  const std::lock_guard lock(counts_->mutex);
  const auto found = counts_->open.find(shop);
  const std::size_t open = found == counts_->open.end() ? 0 : found->second;
  if (open >= most_of_shop_) {
    throw Refusal(Code::kResourceExhausted, "SHOP_STREAMS_EXHAUSTED",
                  "The shop has " + std::to_string(open) +
                      " streams open, as many as one shop may; close one, or try again later.")
        .With("limit", std::to_string(most_of_shop_))
        .RetryAfter(kComeBackIn_us);
  }
  std::unique_ptr<Share> share(new Share(counts_, shop));
  ++counts_->open[shop];
  return share;
}

}  // namespace redress::platform
