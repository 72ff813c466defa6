#include "services/order/domain/product_dry_run.h"

namespace redress::order {

Outcome ProductDryRun::Store(const Product& product) {
  const std::pair number{product.platform, product.number};
  auto known = foreseen_.find(number);
  if (known == foreseen_.end()) {
    if (auto stored = products_.FindByNumber(shop_, product.platform, product.number)) {
      known = foreseen_.emplace(number, std::move(*stored)).first;
    }
  }
  ProductChange change =
      MergeProduct(product, known == foreseen_.end() ? nullptr : &known->second, ids_);
  foreseen_[number] = std::move(change.product);
  return change.outcome;
}

}  // namespace redress::order
