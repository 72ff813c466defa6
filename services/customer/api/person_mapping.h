// Between messages about people and the domain.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <optional>
#include <string>

#include "redress/customer/v1/person_service.pb.h"
#include "redress/customer/v1/rfm_service.pb.h"
#include "redress/customer/v1/timeline_service.pb.h"
#include "services/customer/domain/merging.h"
#include "services/customer/domain/person_timeline.h"
#include "services/customer/domain/rfm.h"
#include "services/platform/server/call.h"

namespace redress::customer {

Write MakeWrite(const platform::Call& call, const std::string& request_id,
                const google::protobuf::Message& request);

void ToProto(const CustomerFigures& figures, v1::PersonFigures& out);
void ToProto(const RfmScores& scores, const RfmBounds& bounds, v1::Rfm& out);
void ToProto(const RfmBounds& bounds, v1::RfmBounds& out);
void ToProto(const Risk& risk, v1::Risk& out);
void ToProto(const TimelineEntry& entry, v1::TimelineEntry& out);
void ToProto(const Merge& merge, v1::Merge& out);
void ToProto(const Identity& identity, v1::Identity& out);
Identity FromProto(const v1::Identity& identity);

}  // namespace redress::customer
