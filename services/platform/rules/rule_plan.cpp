#include "services/platform/rules/rule_plan.h"

#include <re2/re2.h>

#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

namespace redress::platform {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Type = FieldDescriptor::CppType;

struct PlanCache {
  std::shared_mutex mutex;
  std::unordered_map<const Descriptor*, std::unique_ptr<RulePlan>> plans;
};
PlanCache& Cache() {
  static PlanCache cache;
  return cache;
}

[[noreturn]] void Unusable(const FieldDescriptor* field, const std::string& why) {
  throw std::logic_error("the field rules of " + field->full_name() + " are unusable: " + why);
}

void CheckFits(const FieldDescriptor* field, const common::v1::FieldRules& rules) {
  const Type type = field->cpp_type();
  const bool text = type == FieldDescriptor::CPPTYPE_STRING;
  const bool bytes = field->type() == FieldDescriptor::TYPE_BYTES;
  const bool number = type != FieldDescriptor::CPPTYPE_MESSAGE && !text &&
                      type != FieldDescriptor::CPPTYPE_BOOL &&
                      type != FieldDescriptor::CPPTYPE_ENUM;
  if ((rules.min_length() != 0 || rules.max_length() != 0) && !text) {
    Unusable(field, "a length belongs to a string or bytes");
  }
  if ((!rules.pattern().empty() || rules.id() || rules.time_zone()) && (!text || bytes)) {
    Unusable(field, "pattern, id and time_zone belong to a string");
  }
  if ((rules.has_minimum() || rules.has_maximum()) && !number) {
    Unusable(field, "minimum and maximum belong to a number");
  }
  if ((rules.min_items() != 0 || rules.max_items() != 0 || rules.judged_singly()) &&
      !field->is_repeated()) {
    Unusable(field, "min_items, max_items and judged_singly belong to a list");
  }
  if (rules.has_minimum() && rules.has_maximum() && rules.minimum() > rules.maximum()) {
    Unusable(field, "the minimum is above the maximum");
  }
}

// Compiles under the cache's lock. A plan is entered before its fields are known, so that a type
// may contain itself.
const RulePlan* Compile(const Descriptor* type, PlanCache& cache) {
  const auto [entry, is_new] = cache.plans.try_emplace(type);
  if (!is_new) return entry->second.get();
  entry->second = std::make_unique<RulePlan>();
  RulePlan* plan = entry->second.get();
  for (int i = 0; i < type->real_oneof_decl_count(); ++i) {
    const auto* oneof = type->oneof_decl(i);
    if (oneof->options().GetExtension(common::v1::required)) plan->required_oneofs.push_back(oneof);
  }
  for (int i = 0; i < type->field_count(); ++i) {
    FieldPlan field;
    field.field = type->field(i);
    const bool has_rules = field.field->options().HasExtension(common::v1::rules);
    field.rules = field.field->options().GetExtension(common::v1::rules);
    CheckFits(field.field, field.rules);
    if (!field.rules.pattern().empty()) {
      field.pattern = std::make_unique<re2::RE2>(field.rules.pattern(), re2::RE2::Quiet);
      if (!field.pattern->ok()) Unusable(field.field, field.pattern->error());
    }
    if (field.field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      field.is_timestamp = field.field->message_type()->full_name() == "google.protobuf.Timestamp";
      const RulePlan* nested = Compile(field.field->message_type(), cache);
      const bool skip = nested->IsTrivial() && !field.is_timestamp;
      if (!skip && !field.rules.judged_singly()) field.nested = nested;
    }
    const bool is_enum = field.field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
    if (has_rules || field.nested != nullptr || is_enum) plan->fields.push_back(std::move(field));
  }
  plan->complete = true;
  return plan;
}

}  // namespace

FieldPlan::FieldPlan() = default;
FieldPlan::FieldPlan(FieldPlan&&) noexcept = default;
FieldPlan& FieldPlan::operator=(FieldPlan&&) noexcept = default;
FieldPlan::~FieldPlan() = default;

const RulePlan& PlanOf(const Descriptor* type) {
  auto& cache = Cache();
  {
    std::shared_lock lock(cache.mutex);
    if (const auto found = cache.plans.find(type); found != cache.plans.end()) {
      return *found->second;
    }
  }
  std::unique_lock lock(cache.mutex);
  try {
    return *Compile(type, cache);
  } catch (...) {
    cache.plans.clear();  // half-made plans must not be found; nothing runs on an unusable rule
    throw;
  }
}

}  // namespace redress::platform
