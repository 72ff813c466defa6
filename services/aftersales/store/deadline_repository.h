#pragma once

#include "services/aftersales/domain/deadline_repository.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlDeadlineRepository final : public DeadlineRepository {
 public:
  explicit SqlDeadlineRepository(platform::Pool& pool) : pool_(pool) {}

  std::vector<DueTimer> Due(std::int64_t now_us, std::size_t limit) override;
  std::size_t CountDue(std::int64_t now_us, std::size_t most) override;
  DeadlineSettings Settings(ShopId shop) override;
  std::optional<BusinessCalendar> FindCalendar(ShopId shop, std::string_view name,
                                               std::uint32_t version) override;
  DeadlineRuleRow SetRule(ShopId shop, const DatedChange& change,
                          const DeadlineRuleRow& rule) override;
  BusinessCalendar SetCalendar(ShopId shop, const DatedChange& change,
                               const BusinessCalendar& calendar) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
