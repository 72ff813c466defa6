#include "tests/bench/volume_load.h"

#include <redress/order/v1/order_service.pb.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <exception>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/bench/consumer_lag.h"
#include "tests/support/wait_for.h"

namespace redress::bench {
namespace {

namespace v1 = order::v1;
using Clock = std::chrono::steady_clock;

// More than the service's connections would only wait.
constexpr int kImporters = 6;
constexpr std::uint64_t kOrdersInCall = 500;
constexpr std::uint64_t kCallsBetweenReports = 200;
// A stream keeps the last gigabyte; what a consumer lost of it would be read order by order from
// the history. A load that waits for its consumers is what a shop would do, too.
constexpr std::uint64_t kMostLag = 500'000;
constexpr std::uint64_t kCallsBetweenLooks = 40;
constexpr std::chrono::minutes kLongestLag(15);  // one that stands still never catches up

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Which calls are done: those before the first that is not, are kept.
class Progress {
 public:
  Progress(VolumeShop& shop, std::uint64_t begin, std::uint64_t end)
      : shop_(shop), end_(end), kept_(begin), next_(begin) {}

  // The first order of the next call; `end` when there is none.
  std::uint64_t Take() { return std::min(end_, next_.fetch_add(kOrdersInCall)); }

  void Done(std::uint64_t from, const LoadSpeed& call) {
    const std::lock_guard lock(mutex_);
    done_.insert(from);
    total_.orders += call.orders;
    total_.rows += call.rows;
    while (!done_.empty() && *done_.begin() == kept_) {
      kept_ = std::min(end_, kept_ + kOrdersInCall);
      done_.erase(done_.begin());
    }
    shop_.KeepLoadedOrders(kept_);
    if (++calls_ % kCallsBetweenReports == 0) Report();
    // With the lock: the other importers wait as well, at the end of their calls.
    if (calls_ % kCallsBetweenLooks == 0) WaitForConsumers();
  }
  void Fail(std::exception_ptr problem) {
    const std::lock_guard lock(mutex_);
    problem_ = std::move(problem);
    next_ = end_;
  }
  LoadSpeed Total() {
    const std::lock_guard lock(mutex_);
    if (problem_) std::rethrow_exception(problem_);
    total_.seconds = SecondsSince(begin_);
    return total_;
  }

 private:
  void WaitForConsumers() {
    const auto keeping_up = [this] { return ConsumerLag(shop_.stack(), "order") < kMostLag; };
    if (test::WaitFor(keeping_up, kLongestLag)) return;
    throw std::runtime_error("the consumers do not catch up with what is loaded");
  }
  void Report() const {
    const double seconds = SecondsSince(begin_);
    std::printf("loaded %llu orders of %llu: %.0f orders/s, %.0f rows/s\n",
                static_cast<unsigned long long>(kept_), static_cast<unsigned long long>(end_),
                static_cast<double>(total_.orders) / seconds,
                static_cast<double>(total_.rows) / seconds);
    std::fflush(stdout);
  }

  VolumeShop& shop_;
  const std::uint64_t end_;
  const Clock::time_point begin_ = Clock::now();
  std::mutex mutex_;
  std::uint64_t kept_;
  std::uint64_t calls_ = 0;
  std::set<std::uint64_t> done_;
  LoadSpeed total_;
  std::exception_ptr problem_;
  std::atomic<std::uint64_t> next_;
};

}  // namespace

void ImportSome(VolumeShop& shop, const VolumeOrders& orders, std::uint64_t from,
                std::uint64_t count, LoadSpeed& done) {
  v1::ImportOrdersRequest request;
  for (std::uint64_t n = from; n < from + count; ++n) *request.add_orders() = orders.Order(n);
  for (const v1::OrderInput& order : request.orders()) {
    done.rows += 1 + static_cast<std::uint64_t>(order.lines_size() + order.shipments_size());
  }
  done.orders += count;
  const auto response = shop.integration().Call<v1::ImportOrdersResponse>(std::move(request));
  for (const v1::ImportResult& result : response.orders()) {
    if (result.outcome() == v1::IMPORT_OUTCOME_REFUSED) {
      throw std::runtime_error("an order was refused: " + result.field() + " " + result.problem());
    }
  }
}

LoadSpeed LoadOrders(VolumeShop& shop, const VolumeOrders& orders) {
  const std::uint64_t end = orders.size().orders;
  Progress progress(shop, std::min(shop.LoadedOrders(), end), end);
  const auto import = [&] {
    try {
      for (std::uint64_t from; (from = progress.Take()) < end;) {
        LoadSpeed call;
        ImportSome(shop, orders, from, std::min(kOrdersInCall, end - from), call);
        progress.Done(from, call);
      }
    } catch (...) {
      progress.Fail(std::current_exception());
    }
  };
  std::vector<std::thread> importers;
  for (int i = 0; i < kImporters; ++i) importers.emplace_back(import);
  for (std::thread& importer : importers) importer.join();
  return progress.Total();
}

}  // namespace redress::bench
