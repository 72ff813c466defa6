#pragma once

#include "services/order/domain/order_rules.h"
#include "services/order/domain/reminder.h"
#include "services/platform/database/pool.h"

namespace redress::order {

class SqlReminderRepository final : public ReminderRepository {
 public:
  // All outlive it.
  SqlReminderRepository(platform::Pool& pool, platform::IdSource& ids, RulesRepository& rules)
      : pool_(pool), ids_(ids), rules_(rules) {}

  std::vector<UnpaidOrder> ListUnpaid(ShopId shop, const UnpaidQuery& query) override;
  std::optional<Reminder> FindRepeat(const Write& write) override;
  CustomerId BuyerOf(ShopId shop, OrderId order) override;
  Reminder Record(const Write& write, const NewReminder& reminder) override;
  std::vector<Reminder> List(ShopId shop, AccountId account, std::optional<ReminderId> before,
                             std::size_t limit) override;
  std::vector<ReminderSum> Sum(ShopId shop, std::int64_t from, std::int64_t until) override;

 private:
  platform::Pool& pool_;
  platform::IdSource& ids_;
  RulesRepository& rules_;
};

}  // namespace redress::order
