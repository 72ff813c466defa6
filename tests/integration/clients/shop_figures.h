#pragma once

#include <google/protobuf/struct.pb.h>

#include "tests/integration/clients/past_rows.h"

namespace redress::test {

// The figures of expected/tmall_orders_2020_02.public.json, by plain SQL over the stored orders.
google::protobuf::Struct TmallFigures(const ImportShop& shop);

// Those of expected/olist*.public.json that are about what was imported; `with_reviews` for the
// folder that has them.
google::protobuf::Struct OlistFigures(ImportShop& shop, bool with_reviews);

}  // namespace redress::test
