// RfmRepository in the service's schema.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/customer/domain/rfm.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

class MysqlRfm final : public RfmRepository {
 public:
  explicit MysqlRfm(platform::Pool& pool) : pool_(pool) {}

  std::vector<RfmRaw> People(ShopId shop, const std::string& currency) override;
  RfmBounds PutBounds(ShopId shop, const std::optional<Write>& write,
                      const RfmBounds& bounds) override;
  void PutScores(ShopId shop, const std::vector<RfmRaw>& people, const RfmBounds& bounds,
                 std::int64_t now_us) override;
  void MarkScored(ShopId shop, std::uint32_t version, std::int64_t now_us) override;
  std::optional<RfmBounds> Newest(ShopId shop) override;
  bool IsScored(ShopId shop, std::uint32_t version) override;

 private:
  // Takes the scores of an earlier version: of those who are scored no more.
  void DropOutdated(ShopId shop, std::uint32_t version, std::int64_t now_us);

  platform::Pool& pool_;
};

}  // namespace redress::customer
