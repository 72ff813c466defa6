#pragma once

#include <google/protobuf/struct.pb.h>

#include "tests/integration/clients/past_rows.h"

namespace redress::test {

// The figures of expected/reviews_with_replies.public.json, over all and for each app.
google::protobuf::Struct ReplyFigures(const StoredCases& cases);

}  // namespace redress::test
