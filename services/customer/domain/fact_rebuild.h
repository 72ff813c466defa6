// Recomputes facts and figures from the histories of the services that own them, and compares.
// Facts are compared page by page in the order of their ids, so that a rebuild needs little memory;
// figures are compared with what the facts add up to. A fact that is newer than what was read is
// left alone.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/customer/domain/intake.h"

namespace redress::customer {

enum class FactKind : std::uint8_t { kOrder, kCase, kConversation, kAdjustment };

struct FactMismatch {
  std::string where;
  std::string kept;
  std::string rebuilt;
};

struct FactRebuildReport {
  std::uint64_t events = 0;
  std::uint64_t values = 0;  // facts, and customers' figures
  std::uint64_t mismatch_count = 0;
  std::vector<FactMismatch> mismatches;  // the first kMostMismatches

  void Add(FactMismatch mismatch);
};
inline constexpr std::size_t kMostMismatches = 100;

// What the runs of one transaction find. A run whose answer was lost has mended what the next no
// longer finds: the run that found most counts.
class FoundInRuns {
 public:
  // At the beginning of each run.
  void Begin() {
    if (now_.size() > most_.size()) most_ = std::move(now_);
    now_.clear();
  }
  void Add(FactMismatch one) { now_.push_back(std::move(one)); }
  // Of this run.
  bool empty() const { return now_.empty(); }
  // When the transaction is over.
  void Report(FactRebuildReport& report) {
    Begin();
    for (FactMismatch& one : most_) report.Add(std::move(one));
  }

 private:
  std::vector<FactMismatch> now_;
  std::vector<FactMismatch> most_;
};

// The histories, and nothing else. Throws when a source does not answer.
class FactHistory {
 public:
  virtual ~FactHistory() = default;
  virtual std::vector<std::string> Sources() = 0;
  // Pages of events as facts, ascending by id, then sequence; one fact's may be on two pages.
  virtual void ReadShop(const std::string& source, ShopId shop,
                        const std::function<void(const FactBatch&)>& on_page) = 0;
};

class FactArchive {
 public:
  virtual ~FactArchive() = default;

  virtual void InTransaction(const std::function<void(FactBook&)>& body) = 0;
  // Ids of kept facts in (after, up_to], ascending, at most `limit`.
  virtual std::vector<std::uint64_t> IdsBetween(FactKind kind, ShopId shop, std::uint64_t after,
                                                std::uint64_t up_to, std::size_t limit) = 0;
  virtual void Remove(FactKind kind, ShopId shop, std::span<const std::uint64_t> ids) = 0;
  // Compares the figures of the customers behind `after` with their facts, and sets them right when
  // asked to; answers the last customer, none when there are no more.
  virtual CustomerId CompareFigures(ShopId shop, CustomerId after, bool replace,
                                    FactRebuildReport& report) = 0;
};

class FactRebuild {
 public:
  // Outlive it. What is on its way is waited for, `catch_up_us` in all.
  FactRebuild(FactHistory& history, FactArchive& archive, const platform::Clock& clock,
              std::int64_t catch_up_us = 10'000'000)
      : history_(history), archive_(archive), clock_(clock), catch_up_us_(catch_up_us) {}

  FactRebuildReport Run(ShopId shop, bool replace);

 private:
  class Reading;

  FactHistory& history_;
  FactArchive& archive_;
  const platform::Clock& clock_;
  const std::int64_t catch_up_us_;
};

}  // namespace redress::customer
