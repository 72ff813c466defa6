#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/rules/rule_plan.h"

namespace redress::platform {

// Most violations that are reported of one message.
inline constexpr std::size_t kMostViolations = 20;

// Where the check is inside of the message; lives on the stack and is spelt out only for a
// violation.
struct FieldPath {
  const FieldPath* outer = nullptr;
  const google::protobuf::FieldDescriptor* field = nullptr;
  int index = -1;          // of a list's entry
  bool sensitive = false;  // here or further out

  std::string Text(const std::string& prefix) const;
};

// Checks one message by its plan and collects what is wrong.
class MessageCheck {
 public:
  explicit MessageCheck(const std::string& prefix) : prefix_(prefix) {}

  void Check(const google::protobuf::Message& message, const RulePlan& plan, const FieldPath* path);
  std::vector<FieldViolation> TakeViolations() { return std::move(violations_); }

 private:
  void CheckField(const google::protobuf::Message& message, const FieldPlan& plan,
                  const FieldPath* outer);
  void CheckList(const google::protobuf::Message& message, const FieldPlan& plan,
                 const FieldPath* outer);
  // One value: of a field (index -1) or of a list's entry.
  void CheckValue(const google::protobuf::Message& message, const FieldPlan& plan,
                  const FieldPath& path);
  void CheckText(const std::string& text, const FieldPlan& plan, const FieldPath& path);
  void CheckInteger(std::int64_t number, const FieldPlan& plan, const FieldPath& path);
  void CheckUnsigned(std::uint64_t number, const FieldPlan& plan, const FieldPath& path);
  void CheckReal(double number, const FieldPlan& plan, const FieldPath& path);
  void CheckEnum(int number, const FieldPlan& plan, const FieldPath& path);
  void CheckNested(const google::protobuf::Message& nested, const FieldPlan& plan,
                   const FieldPath& path);
  void Report(const FieldPath& path, std::string problem_and_remedy);

  const std::string& prefix_;
  std::vector<FieldViolation> violations_;
};

}  // namespace redress::platform
