#include "services/customer/domain/timeline.h"

#include <gtest/gtest.h>

namespace redress::customer {
namespace {

TimelineEntry Entry(EntryKind kind, std::int64_t at, std::uint64_t id) {
  TimelineEntry entry;
  entry.kind = kind;
  entry.happened_at = at;
  entry.id = id;
  return entry;
}

TEST(TimelinePage, MergesListsNewestFirst) {
  const TimelinePage page =
      MergePage({{Entry(EntryKind::kOrder, 30, 1), Entry(EntryKind::kOrder, 10, 2)},
                 {Entry(EntryKind::kCase, 20, 3)}},
                10);
  ASSERT_EQ(page.entries.size(), 3u);
  EXPECT_EQ(page.entries[1].id, 3u);
  EXPECT_FALSE(page.next);
}

TEST(TimelinePage, EndsWhereItIsFullAndSaysWhere) {
  const TimelinePage page =
      MergePage({{Entry(EntryKind::kOrder, 30, 1), Entry(EntryKind::kOrder, 10, 2)}}, 1);
  ASSERT_TRUE(page.next);
  EXPECT_EQ(*page.next, (TimelineCursor{30, 1, 1}));
}

TEST(TimelineCursor, LeavesOutNothingAtItsVeryMoment) {
  const TimelineCursor cursor{30, 2, 5};
  EXPECT_EQ(cursor.BelowId(EntryKind::kOrder), ~std::uint64_t{0});  // all of a lower kind follow
  EXPECT_EQ(cursor.BelowId(EntryKind::kCase), 5u);
  EXPECT_EQ(cursor.BelowId(EntryKind::kConversation), 0u);  // were shown before
}

}  // namespace
}  // namespace redress::customer
