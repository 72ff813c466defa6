#pragma once

// The aggregates of one source whose events a consumer's handler could not take. They stand in the
// database, so that their messages can be acknowledged: the history has the events, and they are
// tried again from there. Internal to the consumer; used by one thread, of each of its processes.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "services/platform/database/pool.h"
#include "services/platform/events/event_ref.h"

namespace redress::platform {

class SetAside {
 public:
  struct Entry {
    AggregateKey aggregate;
    std::int64_t failed_at_us = 0;
  };

  SetAside(Pool& pool, std::string consumer, std::string source);

  // Looks which there are, other processes' among them; of very many only those that have waited
  // longest, which Has() then knows. Answers the first of them.
  std::vector<Entry> Load(std::size_t most);
  bool Has(AggregateKey aggregate) const { return known_.contains(aggregate); }
  // Returns once they are durable. One that is here already goes to the end of the list.
  void Add(const std::set<AggregateKey>& aggregates, std::int64_t now_us);
  // Unless it was added anew since it was loaded.
  void Remove(const Entry& entry);

  std::size_t size() const { return size_; }  // safe from every thread

 private:
  Pool& pool_;
  const std::string consumer_;
  const std::string source_;
  std::set<AggregateKey> known_;
  std::atomic<std::size_t> size_{0};
};

}  // namespace redress::platform
