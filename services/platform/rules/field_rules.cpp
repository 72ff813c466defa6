#include "services/platform/rules/field_rules.h"

#include "services/platform/rules/check.h"
#include "services/platform/rules/rule_plan.h"

namespace redress::platform {

std::vector<FieldViolation> FindViolations(const google::protobuf::Message& message,
                                           const std::string& prefix) {
  MessageCheck check(prefix);
  check.Check(message, PlanOf(message.GetDescriptor()), nullptr);
  return check.TakeViolations();
}

void CheckFields(const google::protobuf::Message& message) {
  static const std::string no_prefix;
  auto violations = FindViolations(message, no_prefix);
  if (violations.empty()) return;
  const auto& first = violations.front();
  std::string text = first.field + " " + first.description + ".";
  if (violations.size() > 1) {
    text += " (And " + std::to_string(violations.size() - 1) + " more.)";
  }
  Refusal refusal(Code::kInvalidArgument, "INVALID_FIELDS", std::move(text));
  for (auto& violation : violations) {
    refusal.Field(std::move(violation.field), std::move(violation.description));
  }
  throw refusal;
}

void CompileRules(const google::protobuf::Descriptor* type) { PlanOf(type); }

}  // namespace redress::platform
