#pragma once

#include "services/order/domain/product.h"
#include "services/platform/database/pool.h"

namespace redress::order {

class SqlProductRepository final : public ProductRepository {
 public:
  // Both outlive it.
  SqlProductRepository(platform::Pool& pool, platform::IdSource& ids) : pool_(pool), ids_(ids) {}

  Outcome Store(ShopId shop, const Product& product) override;
  std::optional<Product> Find(ShopId shop, ProductId id) override;
  std::vector<Product> FindMany(ShopId shop, std::span<const ProductId> ids) override;
  std::optional<Product> FindByNumber(ShopId shop, const std::string& platform,
                                      const std::string& number) override;
  std::optional<Product> FindByCode(ShopId shop, const std::string& code) override;
  FoundProducts Search(ShopId shop, const ProductQuery& query) override;
  BoughtTogether TogetherWith(ShopId shop, const Product& product) override;

 private:
  platform::Pool& pool_;
  platform::IdSource& ids_;
};

}  // namespace redress::order
