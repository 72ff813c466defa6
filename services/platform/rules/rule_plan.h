#pragma once

#include <google/protobuf/descriptor.h>

#include <memory>
#include <vector>

#include "redress/common/v1/rules.pb.h"

namespace re2 {
class RE2;
}

namespace redress::platform {

struct RulePlan;

// What is to be checked of one field.
struct FieldPlan {
  FieldPlan();
  FieldPlan(FieldPlan&&) noexcept;
  FieldPlan& operator=(FieldPlan&&) noexcept;
  ~FieldPlan();

  const google::protobuf::FieldDescriptor* field = nullptr;
  common::v1::FieldRules rules;
  std::unique_ptr<re2::RE2> pattern;
  const RulePlan* nested = nullptr;  // of a message's fields
  bool is_timestamp = false;
};

// The rules of a message type, compiled: only fields that have something to check.
struct RulePlan {
  std::vector<FieldPlan> fields;
  std::vector<const google::protobuf::OneofDescriptor*> required_oneofs;
  bool complete = false;

  // Whether a message of the type can be skipped; a plan still being made may yet get rules.
  bool IsTrivial() const { return complete && fields.empty() && required_oneofs.empty(); }
};

// The plan of a type; compiled at first sight, kept for the life of the process. Throws
// std::logic_error on an unusable rule.
const RulePlan& PlanOf(const google::protobuf::Descriptor* type);

}  // namespace redress::platform
