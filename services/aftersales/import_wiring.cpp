#include "services/aftersales/import_wiring.h"

#include <memory>

#include "services/aftersales/api/import_api.h"
#include "services/aftersales/api/past_customers.h"
#include "services/aftersales/store/past_case_store.h"

namespace redress::aftersales {

void AddImport(platform::Parts& parts, OrderLineSource& lines, CaseNumbers& numbers) {
  auto& store = parts.Make<SqlPastCaseStore>(parts.pool, parts.sealer, parts.ids);
  auto& customers = parts.Make<PastCustomersClient>(parts.Channel("customer"));
  auto& past = parts.Make<PastImport>(
      PastImport::Uses{store, lines, customers, numbers, parts.ids, parts.clock});
  parts.AddService(std::make_unique<ImportApi>(
      ImportApi::Uses{parts.guard, parts.directory, parts.sealer, past}));
}

}  // namespace redress::aftersales
