// CustomerFacts in the service's schema.
#pragma once

#include <span>
#include <vector>

#include "services/customer/domain/customer_facts.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

class MysqlFactsReader final : public CustomerFactsReader {
 public:
  explicit MysqlFactsReader(platform::Pool& pool) : pool_(pool) {}

  std::vector<CustomerFacts> Read(ShopId shop, std::span<const CustomerId> heads) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::customer
