// Between the API's messages and the domain.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <string>

#include "redress/order/v1/order.pb.h"
#include "redress/order/v1/order_service.pb.h"
#include "services/order/domain/order_intake.h"
#include "services/order/domain/order_reading.h"

namespace redress::order {

// Microseconds of UTC; a time beyond all years becomes one that the rules refuse.
std::int64_t ToMicros(const google::protobuf::Timestamp& time);
google::protobuf::Timestamp ToTimestamp(std::int64_t at_us);

OrderInput FromProto(const v1::OrderInput& input);
AdjustmentInput FromProto(const v1::AdjustmentInput& input);

// Without receiver and details.
void ToProto(const Order& order, v1::Order& out);
void ToProto(const Details& masked, v1::Order& out);
void ToProto(const Shipment& shipment, v1::Shipment& out);
void ToProto(const Receiver& receiver, v1::Receiver& out);
void ToProto(const Adjustment& adjustment, v1::Adjustment& out);
void ToProto(const ImportResult& result, v1::ImportResult& out);
void ToProto(const LineFacts& facts, v1::GetLineFactsResponse& out);

}  // namespace redress::order
