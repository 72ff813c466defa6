#pragma once

#include "services/desk/domain/notification_rule.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"

namespace redress::desk {

class SqlRuleRepository final : public RuleRepository {
 public:
  SqlRuleRepository(platform::Pool& pool, platform::IdSource& ids) : pool_(pool), ids_(ids) {}

  NotificationRule Set(const Write& write, const NotificationRule& rule) override;
  std::vector<NotificationRule> UseDefaults(const Write& write,
                                            const std::string& language) override;
  std::optional<NotificationRule> Find(ShopId shop, const std::string& code) override;
  std::optional<NotificationRule> FindInviting(ShopId shop, PhraseId phrase) override;
  std::vector<NotificationRule> List(ShopId shop, const std::string& after,
                                     std::size_t limit) override;

 private:
  platform::Pool& pool_;
  platform::IdSource& ids_;
};

}  // namespace redress::desk
