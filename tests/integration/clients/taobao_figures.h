#pragma once

#include <google/protobuf/struct.pb.h>

#include <string>

#include "tests/integration/clients/deployment.h"

namespace redress::test {

// The figures of one file in expected/taobao_export.public.json, computed by plain SQL over what
// the order service stored of it; the shop holds this file's orders and no others. `report` is what
// the import said: the file's columns come from there. `same_in_utf8` is what the test found.
google::protobuf::Struct TaobaoFigures(const ImportShop& shop,
                                       const google::protobuf::Struct& report, bool same_in_utf8);

}  // namespace redress::test
