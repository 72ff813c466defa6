// What storing products one after the other would come to. Nothing is stored.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "services/order/domain/product.h"

namespace redress::order {

class ProductDryRun {
 public:
  // Both outlive it.
  ProductDryRun(ProductRepository& products, platform::IdSource& ids, ShopId shop)
      : products_(products), ids_(ids), shop_(shop) {}

  // As ProductRepository::Store would answer after those before it.
  Outcome Store(const Product& product);

 private:
  ProductRepository& products_;
  platform::IdSource& ids_;
  const ShopId shop_;
  std::map<std::pair<std::string, std::string>, Product> foreseen_;  // by platform and number
};

}  // namespace redress::order
