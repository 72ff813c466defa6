#include "services/customer/store/note_entries.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "services/customer/store/note_rows.h"
#include "services/customer/store/note_sql.h"

namespace redress::customer {

NoteEntries::NoteEntries(platform::Sealer& sealer)
    : sealer_(sealer), select_(sql::kSelectNotesByTime) {}

std::vector<TimelineEntry> NoteEntries::Read(platform::Connection& connection, ShopId shop,
                                             const Person& person, const TimelineCursor& after,
                                             std::size_t limit) {
  std::vector<std::pair<std::int64_t, NoteId>> newest;
  select_.Query(
      connection, shop, person.members,
      {after.happened_at, after.happened_at, after.BelowId(EntryKind::kNote), limit},
      [&](platform::Result& row) { newest.emplace_back(row.Int64(1), row.Id<NoteId>(0)); });
  std::sort(newest.begin(), newest.end(), std::greater<>());
  if (newest.size() > limit) newest.resize(limit);
  std::vector<NoteId> ids;
  for (const auto& [created_at, id] : newest) ids.push_back(id);
  std::vector<TimelineEntry> entries;
  for (Note& note : ReadNotes(connection, sealer_, shop, ids)) {
    TimelineEntry& entry = entries.emplace_back();
    entry.kind = EntryKind::kNote;
    entry.id = note.id.value;
    entry.happened_at = note.created_at;
    entry.customer = note.customer;
    entry.what = std::move(note);
  }
  return entries;
}

}  // namespace redress::customer
