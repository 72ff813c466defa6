// TimelineReader in the service's schema. Other kinds of entry join as sources.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "services/customer/domain/timeline.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

// The entries of one kind. Thread-safe.
class EntrySource {
 public:
  virtual ~EntrySource() = default;
  virtual EntryKind kind() const = 0;
  // The person's next ones behind the cursor, newest first, at most `limit` of each member.
  virtual std::vector<TimelineEntry> Read(platform::Connection& connection, ShopId shop,
                                          const Person& person, const TimelineCursor& after,
                                          std::size_t limit) = 0;
};

class MysqlTimeline final : public TimelineReader {
 public:
  // With orders, cases, conversations, adjustments, care and coupons.
  explicit MysqlTimeline(platform::Pool& pool);

  // Before the first read only.
  void Add(std::unique_ptr<EntrySource> source) { sources_.push_back(std::move(source)); }

  PersonSummary Summary(ShopId shop, const Person& person) override;
  TimelinePage Entries(ShopId shop, const Person& person, const TimelineCursor& after,
                       std::span<const EntryKind> kinds, std::size_t size) override;

 private:
  platform::Pool& pool_;
  std::vector<std::unique_ptr<EntrySource>> sources_;
};

}  // namespace redress::customer
