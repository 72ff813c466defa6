#pragma once

#include <google/protobuf/struct.pb.h>

#include <filesystem>

#include "tests/integration/clients/deployment.h"

namespace redress::test {

// Counts and sums of what Olist sells, of its files as they are: the reader of imports has no part.
google::protobuf::Struct OlistProductFigures(const std::filesystem::path& folder);

// The same of the products that the shop has.
google::protobuf::Struct StoredProductFigures(const ImportShop& shop);

}  // namespace redress::test
