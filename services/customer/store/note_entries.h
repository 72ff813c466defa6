// Notes as entries of the timeline.
#pragma once

#include <vector>

#include "services/customer/store/mysql_timeline.h"
#include "services/customer/store/union_of.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class NoteEntries final : public EntrySource {
 public:
  // The sealer outlives it.
  explicit NoteEntries(platform::Sealer& sealer);

  EntryKind kind() const override { return EntryKind::kNote; }
  std::vector<TimelineEntry> Read(platform::Connection& connection, ShopId shop,
                                  const Person& person, const TimelineCursor& after,
                                  std::size_t limit) override;

 private:
  platform::Sealer& sealer_;
  const UnionOf select_;
};

}  // namespace redress::customer
