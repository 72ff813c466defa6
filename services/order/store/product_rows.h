// Products read from their tables and written to them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "services/order/domain/product.h"
#include "services/platform/database/connection.h"

namespace redress::order {

// Those that the shop has, complete, newest first.
std::vector<Product> ReadProducts(platform::Connection& connection, ShopId shop,
                                  std::span<const ProductId> ids);
// By codes of products or their SKUs, newest first.
std::vector<ProductId> FindByCodes(platform::Connection& connection, ShopId shop,
                                   std::span<const std::string> codes);
// Header, SKUs and the words it is found by.
void WriteProduct(platform::Connection& connection, ShopId shop, const ProductChange& change);

}  // namespace redress::order
