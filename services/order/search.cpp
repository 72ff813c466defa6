#include "services/order/search.h"

#include <chrono>
#include <memory>

#include "services/order/api/nick_client.h"
#include "services/order/api/search_api.h"
#include "services/order/domain/order_search.h"
#include "services/order/store/order_index.h"
#include "services/platform/base/periodic.h"
#include "services/platform/telemetry/log.h"

namespace redress::order {
namespace {

// Shops appear while the service runs; one that has nothing to fill in costs a look at a set.
constexpr std::chrono::milliseconds kBetweenFillings(5'000);

// One batch of each shop in turn, so that a large one does not keep the others waiting.
bool FillInAll(platform::Parts& parts, SqlOrderIndex& index) {
  bool more = false;
  for (const ShopId shop : parts.directory.Shops()) more = index.FillIn(shop) || more;
  return more;
}

}  // namespace

void AddSearch(platform::Parts& parts, OrderStore& store) {
  auto& index = parts.Make<SqlOrderIndex>(parts.pool, parts.sealer, parts.clock);
  auto& nicks = parts.Make<NickClient>(parts.Channel("customer"));
  auto& search = parts.Make<OrderSearch>(store, index, nicks);
  parts.AddService(std::make_unique<SearchApi>(parts.guard, search));
  auto& filling = parts.Make<platform::Periodic>(
      kBetweenFillings, [&parts, &index] { return FillInAll(parts, index); },
      [](const std::exception& error) {
        platform::LogWarning("orders could not be made findable", {{"cause", error.what()}});
      });
  parts.OnStart([&filling] { filling.Start(); });
  parts.OnStop([&filling] { filling.Stop(); });
}

}  // namespace redress::order
