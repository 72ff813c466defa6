#include "services/customer/domain/timeline.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace redress::customer {
namespace {

auto PlaceOf(const TimelineEntry& entry) {
  return std::tuple(entry.happened_at, entry.kind, entry.id);
}

}  // namespace

std::uint64_t TimelineCursor::BelowId(EntryKind of) const {
  const auto number = static_cast<std::uint8_t>(of);
  if (number < kind) return std::numeric_limits<std::uint64_t>::max();
  return number == kind ? id : 0;
}

bool IsNewer(const TimelineEntry& a, const TimelineEntry& b) { return PlaceOf(a) > PlaceOf(b); }

TimelinePage MergePage(std::vector<std::vector<TimelineEntry>> lists, std::size_t size) {
  TimelinePage page;
  for (std::vector<TimelineEntry>& list : lists) {
    std::move(list.begin(), list.end(), std::back_inserter(page.entries));
  }
  std::sort(page.entries.begin(), page.entries.end(), IsNewer);
  if (page.entries.size() <= size) return page;
  page.entries.resize(size);
  const TimelineEntry& last = page.entries.back();
  page.next = TimelineCursor{last.happened_at, static_cast<std::uint8_t>(last.kind), last.id};
  return page;
}

}  // namespace redress::customer
