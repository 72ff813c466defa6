#pragma once

#include "services/customer/domain/tag_rule.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

class SqlTagRuleRepository final : public TagRuleRepository {
 public:
  explicit SqlTagRuleRepository(platform::Pool& pool) : pool_(pool) {}

  TagRule Set(const Write& write, const std::string& tag, std::uint32_t version,
              const std::string& expression) override;
  TagRule Switch(const Write& write, const std::string& tag, std::uint32_t version,
                 bool on) override;
  void MarkTried(const Write& write, const std::string& tag, std::uint32_t version) override;
  std::vector<TagRule> Adopt(const Write& write, const std::vector<std::string>& tags,
                             const std::string& currency) override;
  TagRule Get(ShopId shop, const std::string& tag) override;
  std::vector<TagRule> List(ShopId shop) override;
  std::vector<TagRule> Versions(ShopId shop, const std::string& tag, std::uint32_t before,
                                std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::customer
