#pragma once

#include <google/protobuf/struct.pb.h>

#include "tests/integration/clients/deployment.h"

namespace redress::test {

// The figures of expected/{irc_support_chat,twcs_sample}.public.json, computed from what the desk
// service stored: same keys, same shape.
google::protobuf::Struct IrcFigures(const ImportShop& shop);
google::protobuf::Struct TwitterFigures(const ImportShop& shop);

}  // namespace redress::test
