#pragma once

#include "services/aftersales/domain/platform_object_repository.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

// Fields are sealed under the key of the order's customer as soon as it is known, until then under
// one of the object's own. Of a person who was erased nothing more is taken in.
class SqlPlatformObjectRepository final : public PlatformObjectRepository {
 public:
  SqlPlatformObjectRepository(platform::Pool& pool, platform::Sealer& sealer,
                              platform::IdSource& ids)
      : pool_(pool), sealer_(sealer), ids_(ids) {}

  std::vector<PushOutcome> Merge(ShopId shop, PlatformObjectKind kind, const std::string& platform,
                                 std::span<const PushedObject* const> pushed,
                                 std::int64_t now_us) override;
  std::vector<PlatformObject> Due(std::int64_t now_us, std::size_t limit) override;
  void Conclude(std::span<const PlatformObject> followed) override;
  void OrdersAreThere(ShopId shop, std::span<const std::string> order_numbers,
                      std::int64_t now_us) override;
  std::vector<std::pair<std::string, CaseId>> CasesOf(
      ShopId shop, std::span<const std::string> refund_ids) override;
  std::vector<PlatformObject> List(const PlatformObjectQuery& query) override;
  std::optional<PlatformObject> Find(ShopId shop, const std::string& refund_id) override;
  std::vector<UnmappedCount> ListUnmapped(ShopId shop, std::uint64_t before,
                                          std::size_t limit) override;

 private:
  platform::Pool& pool_;
  platform::Sealer& sealer_;
  platform::IdSource& ids_;
};

}  // namespace redress::aftersales
