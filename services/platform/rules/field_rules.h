#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "services/platform/base/errors.h"

namespace redress::platform {

// Enforces the field rules that a message type and the types inside it declare in their protos
// (redress/common/v1/rules.proto). Throws Refusal kInvalidArgument, reason INVALID_FIELDS, with
// every violation (at most 20): the field's path `order.lines[3].unit_price`, the problem and the
// remedy. The value of a sensitive field is never shown.
//
// The rules of a type are compiled at first sight and kept; checking afterwards allocates nothing
// unless something is wrong.
void CheckFields(const google::protobuf::Message& message);

// The same, for one entry of a list that is judged entry by entry: the violations, empty when there
// is none. `prefix` is put before each path, e.g. "orders[7]".
std::vector<FieldViolation> FindViolations(const google::protobuf::Message& message,
                                           const std::string& prefix = "");

// Compiles the rules of a type now. Throws std::logic_error on a rule that cannot be meant so (a
// pattern that is no RE2 expression, a length rule on a number), so that it stops the start.
void CompileRules(const google::protobuf::Descriptor* type);

// The message as text for a log, each sensitive field replaced by "…".
std::string WithoutSensitive(const google::protobuf::Message& message);

}  // namespace redress::platform
