#pragma once

#include <google/protobuf/struct.pb.h>

#include "tests/integration/clients/past_rows.h"

namespace redress::test {

// The figures of expected/{helpdesk_it,volvo_bpi2013_incidents,road_fines_disputes}.public.json,
// from what the aftersales service stored: same keys, same shape. `expected` says of which agents
// the file tells: those with the most events.
google::protobuf::Struct HelpdeskFigures(const StoredCases& cases,
                                         const google::protobuf::Struct& expected);
google::protobuf::Struct VolvoFigures(const StoredCases& cases,
                                      const google::protobuf::Struct& expected);
google::protobuf::Struct FinesFigures(const StoredCases& cases);

}  // namespace redress::test
