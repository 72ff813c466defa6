#pragma once

// Between the messages of tags, rules, segments and care and the domain. Enumerations have the same
// numbers on both sides; times are UTC; ids are decimal strings, "" for none.

#include <string>

#include "redress/customer/v1/care_service.pb.h"
#include "redress/customer/v1/segment_service.pb.h"
#include "redress/customer/v1/tag_rule_service.pb.h"
#include "redress/customer/v1/tag_service.pb.h"
#include "services/customer/domain/care.h"
#include "services/customer/domain/rule_questions.h"
#include "services/customer/domain/segment.h"
#include "services/customer/domain/tag.h"
#include "services/customer/domain/tag_rule.h"
#include "services/platform/server/call.h"

namespace redress::customer {

void ToProto(const Tag& from, v1::Tag& to);
void ToProto(const CustomerTag& from, v1::CustomerTag& to);
void ToProto(const TagChange& from, v1::TagChange& to);
void ToProto(const TagExplanation& from, v1::TagExplanation& to);
void ToProto(const TagRule& from, v1::TagRule& to);
void ToProto(const TagRule& from, v1::TagRuleVersion& to);
void ToProto(const Segment& from, v1::Segment& to);
void ToProto(const SegmentMember& from, v1::SegmentMember& to);
void ToProto(const CareRule& from, v1::CareRule& to);
void ToProto(const CareWishes& from, v1::CareWishes& to);
void ToProto(const CareTask& from, v1::CareTask& to);

Tag TagOf(const v1::SetTagRequest& from);
std::int64_t TimeOf(const google::protobuf::Timestamp& from);

}  // namespace redress::customer
