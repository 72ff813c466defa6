#include "services/customer/notes_and_search.h"

#include <chrono>
#include <memory>

#include "services/customer/api/note_api.h"
#include "services/customer/api/search_api.h"
#include "services/customer/domain/customer_search.h"
#include "services/customer/store/customer_index.h"
#include "services/customer/store/note_entries.h"
#include "services/customer/store/note_store.h"
#include "services/platform/base/periodic.h"
#include "services/platform/telemetry/log.h"

namespace redress::customer {
namespace {

// Shops appear while the service runs; one that has nothing to fill in costs a look at a set.
constexpr std::chrono::milliseconds kBetweenFillings(5'000);

void NotFilledIn(const std::exception& error) {
  platform::LogWarning("customers could not be made findable", {{"cause", error.what()}});
}

// One batch of each shop in turn, so that a large one does not keep the others waiting.
// What fails for one does not either.
bool FillInAll(platform::Parts& parts, SqlCustomerIndex& index) {
  bool more = false;
  for (const ShopId shop : parts.directory.Shops()) {
    try {
      more = index.FillIn(shop) || more;
    } catch (const std::exception& error) {
      NotFilledIn(error);
    }
  }
  return more;
}

}  // namespace

void AddNotesAndSearch(platform::Parts& parts, CustomerStore& customers,
                       const PersonParts& persons) {
  auto& notes = parts.Make<SqlNoteRepository>(parts.pool, parts.sealer, parts.ids);
  auto& index = parts.Make<SqlCustomerIndex>(parts.pool, parts.clock);
  People& people = persons.people;
  persons.timeline.Add(std::make_unique<NoteEntries>(parts.sealer));
  auto& search = parts.Make<CustomerSearch>(customers, index, notes, people);
  parts.AddService(std::make_unique<NoteApi>(
      NoteApi::Uses{parts.guard, notes,
                    [&parts](ShopId shop, AccountId account) {
                      return parts.directory.Find(account, shop).has_value();
                    },
                    [&people](ShopId shop, CustomerId customer) {
                      return people.PersonOf(shop, customer).members;
                    }}));
  parts.AddService(std::make_unique<SearchApi>(parts.guard, search));
  auto& filling = parts.Make<platform::Periodic>(
      kBetweenFillings, [&parts, &index] { return FillInAll(parts, index); }, NotFilledIn);
  parts.OnStart([&filling] { filling.Start(); });
  parts.OnStop([&filling] { filling.Stop(); });
}

}  // namespace redress::customer
