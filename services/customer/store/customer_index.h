// CustomerIndex over the service's MariaDB schema, and the job that makes customers findable who
// are older than their words.
#pragma once

#include <string>
#include <vector>

#include "services/customer/domain/customer_search.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/search/gradual_filling.h"

namespace redress::customer {

class SqlCustomerIndex final : public CustomerIndex {
 public:
  // Both outlive the index.
  SqlCustomerIndex(platform::Pool& pool, const platform::Clock& clock);

  std::vector<CustomerId> WithNick(ShopId shop, const std::string& nick) override;
  std::vector<NickRow> Rows(ShopId shop, const NickRange& range, const std::string& word,
                            CustomerId customer, std::size_t limit) override;
  std::vector<CustomerId> WithPhone(ShopId shop, const std::string& hash, CustomerId before,
                                    std::size_t limit) override;
  bool Complete(ShopId shop) override { return filling_.Complete(shop); }

  // Makes some of the shop's customers findable who are older than their words; true when there may
  // be more.
  bool FillIn(ShopId shop) { return filling_.Round(shop); }

 private:
  platform::Pool& pool_;
  platform::GradualFilling filling_;
};

}  // namespace redress::customer
