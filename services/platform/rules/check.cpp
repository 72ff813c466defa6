#include "services/platform/rules/check.h"

#include <google/protobuf/timestamp.pb.h>
#include <re2/re2.h>

#include <charconv>

#include "services/platform/base/text.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::platform {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::int64_t kFirstTimestamp_s = -62'135'596'800;  // 0001-01-01
constexpr std::int64_t kLastTimestamp_s = 253'402'300'799;   // 9999-12-31

// A value as an error may show it: short, and nothing of a sensitive field.
std::string Shown(const std::string& text, bool sensitive) {
  constexpr std::size_t kLongest = 40;
  if (sensitive) return "the value";
  if (text.size() > kLongest) return "the value";
  return "\"" + text + "\"";
}

std::string Shown(const std::string& number, const FieldPath& path) {
  return path.sensitive ? "the value" : number;
}

std::string Range(const common::v1::FieldRules& rules) {
  if (rules.has_minimum() && rules.has_maximum()) {
    return "give a number from " + std::to_string(rules.minimum()) + " to " +
           std::to_string(rules.maximum());
  }
  if (rules.has_minimum()) return "give at least " + std::to_string(rules.minimum());
  return "give at most " + std::to_string(rules.maximum());
}

bool IsId(const std::string& text) {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end && number != 0 && text.front() != '0';
}

std::string ValuesOf(const google::protobuf::EnumDescriptor* type) {
  std::string names;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() == 0) continue;
    names += (names.empty() ? "" : ", ") + type->value(i)->name();
  }
  return names;
}

}  // namespace

std::string FieldPath::Text(const std::string& prefix) const {
  std::string text = outer != nullptr ? outer->Text(prefix) : prefix;
  if (!text.empty()) text += '.';
  text += field->name();
  if (index >= 0) text += "[" + std::to_string(index) + "]";
  return text;
}

void MessageCheck::Report(const FieldPath& path, std::string problem_and_remedy) {
  if (violations_.size() >= kMostViolations) return;
  violations_.push_back({path.Text(prefix_), std::move(problem_and_remedy)});
}

void MessageCheck::Check(const Message& message, const RulePlan& plan, const FieldPath* path) {
  const auto* reflection = message.GetReflection();
  for (const auto* oneof : plan.required_oneofs) {
    if (reflection->HasOneof(message, oneof)) continue;
    std::string names;
    for (int i = 0; i < oneof->field_count(); ++i) {
      names += (i == 0 ? "" : ", ") + oneof->field(i)->name();
    }
    const std::string at = path != nullptr ? path->Text(prefix_) : prefix_;
    if (violations_.size() < kMostViolations) {
      violations_.push_back({at.empty() ? oneof->name() : at + "." + oneof->name(),
                             "is missing; set one of " + names});
    }
  }
  for (const auto& field : plan.fields) {
    if (field.field->is_repeated()) {
      CheckList(message, field, path);
    } else {
      CheckField(message, field, path);
    }
  }
}

void MessageCheck::CheckList(const Message& message, const FieldPlan& plan,
                             const FieldPath* outer) {
  const auto& rules = plan.rules;
  const int size = message.GetReflection()->FieldSize(message, plan.field);
  FieldPath path{outer, plan.field, -1,
                 rules.sensitive() || (outer != nullptr && outer->sensitive)};
  if (size == 0 && rules.required()) {
    Report(path, "is empty; give at least one entry");
  } else if (static_cast<std::uint32_t>(size) < rules.min_items()) {
    Report(path, "has " + std::to_string(size) + " entries; give at least " +
                     std::to_string(rules.min_items()));
  } else if (rules.max_items() != 0 && static_cast<std::uint32_t>(size) > rules.max_items()) {
    // The entries are not looked at: there are more than anyone agreed to check.
    Report(path, "has " + std::to_string(size) + " entries; give at most " +
                     std::to_string(rules.max_items()));
    return;
  }
  if (rules.judged_singly()) return;
  for (path.index = 0; path.index < size && violations_.size() < kMostViolations; ++path.index) {
    CheckValue(message, plan, path);
  }
}

void MessageCheck::CheckField(const Message& message, const FieldPlan& plan,
                              const FieldPath* outer) {
  const auto* reflection = message.GetReflection();
  const FieldPath path{outer, plan.field, -1,
                       plan.rules.sensitive() || (outer != nullptr && outer->sensitive)};
  const bool in_oneof = plan.field->real_containing_oneof() != nullptr;
  const bool present = reflection->HasField(message, plan.field);
  if (plan.field->has_presence()) {
    if (present) {
      CheckValue(message, plan, path);
    } else if (plan.rules.required() && !in_oneof) {
      Report(path, "is missing; it has to be given");
    }
    return;
  }
  // Without presence the default value means "not given"; a bound on a number still holds for it.
  const bool number = plan.rules.has_minimum() || plan.rules.has_maximum();
  if (present || number) {
    CheckValue(message, plan, path);
  } else if (plan.rules.required()) {
    Report(path, plan.field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM
                     ? "is missing; give one of " + ValuesOf(plan.field->enum_type())
                     : "is missing; it has to be given");
  }
}

void MessageCheck::CheckValue(const Message& message, const FieldPlan& plan,
                              const FieldPath& path) {
  const auto* reflection = message.GetReflection();
  const auto* field = plan.field;
  const int i = path.index;
  const auto get = [&](auto single, auto repeated) {
    return i < 0 ? (reflection->*single)(message, field)
                 : (reflection->*repeated)(message, field, i);
  };
  using R = google::protobuf::Reflection;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      CheckText(i < 0 ? reflection->GetStringReference(message, field, &scratch)
                      : reflection->GetRepeatedStringReference(message, field, i, &scratch),
                plan, path);
      break;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      CheckNested(i < 0 ? reflection->GetMessage(message, field)
                        : reflection->GetRepeatedMessage(message, field, i),
                  plan, path);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      CheckEnum(get(&R::GetEnumValue, &R::GetRepeatedEnumValue), plan, path);
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      CheckInteger(get(&R::GetInt32, &R::GetRepeatedInt32), plan, path);
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      CheckInteger(get(&R::GetInt64, &R::GetRepeatedInt64), plan, path);
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      CheckUnsigned(get(&R::GetUInt32, &R::GetRepeatedUInt32), plan, path);
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      CheckUnsigned(get(&R::GetUInt64, &R::GetRepeatedUInt64), plan, path);
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      CheckReal(get(&R::GetFloat, &R::GetRepeatedFloat), plan, path);
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      CheckReal(get(&R::GetDouble, &R::GetRepeatedDouble), plan, path);
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      break;
  }
}

void MessageCheck::CheckText(const std::string& text, const FieldPlan& plan,
                             const FieldPath& path) {
  const auto& rules = plan.rules;
  if (text.empty()) {
    if (rules.required() || rules.min_length() > 0) {
      Report(path, "is empty; it has to be given");
    }
    return;
  }
  const bool bytes = plan.field->type() == FieldDescriptor::TYPE_BYTES;
  const std::size_t length = bytes ? text.size() : Utf8Length(text).value_or(text.size());
  const std::string unit = bytes ? " bytes" : " characters";
  if (length < rules.min_length()) {
    Report(path, "is " + std::to_string(length) + unit + " long; give at least " +
                     std::to_string(rules.min_length()));
  } else if (rules.max_length() != 0 && length > rules.max_length()) {
    Report(path, "is " + std::to_string(length) + unit + " long; give at most " +
                     std::to_string(rules.max_length()));
  } else if (rules.id() && !IsId(text)) {
    Report(path, Shown(text, path.sensitive) +
                     " is no id; give the decimal digits that an answer of this API showed");
  } else if (rules.time_zone() && !TimeZone::Exists(text)) {
    Report(path, Shown(text, path.sensitive) +
                     " is no time zone; give an IANA name such as Asia/Shanghai");
  } else if (plan.pattern != nullptr && !re2::RE2::FullMatch(text, *plan.pattern)) {
    Report(path, Shown(text, path.sensitive) + " does not fit; it has to match " + rules.pattern());
  }
}

void MessageCheck::CheckInteger(std::int64_t number, const FieldPlan& plan, const FieldPath& path) {
  const auto& rules = plan.rules;
  if ((rules.has_minimum() && number < rules.minimum()) ||
      (rules.has_maximum() && number > rules.maximum())) {
    Report(path, Shown(std::to_string(number), path) + " is out of range; " + Range(rules));
  }
}

void MessageCheck::CheckUnsigned(std::uint64_t number, const FieldPlan& plan,
                                 const FieldPath& path) {
  const auto& rules = plan.rules;
  if ((rules.has_minimum() && std::cmp_less(number, rules.minimum())) ||
      (rules.has_maximum() && std::cmp_greater(number, rules.maximum()))) {
    Report(path, Shown(std::to_string(number), path) + " is out of range; " + Range(rules));
  }
}

void MessageCheck::CheckReal(double number, const FieldPlan& plan, const FieldPath& path) {
  const auto& rules = plan.rules;
  // Written so that a NaN is refused too.
  const bool in_range = (!rules.has_minimum() || number >= static_cast<double>(rules.minimum())) &&
                        (!rules.has_maximum() || number <= static_cast<double>(rules.maximum()));
  if (!in_range) {
    Report(path, Shown(std::to_string(number), path) + " is out of range; " + Range(rules));
  }
}

void MessageCheck::CheckEnum(int number, const FieldPlan& plan, const FieldPath& path) {
  const auto* type = plan.field->enum_type();
  if (type->FindValueByNumber(number) == nullptr || (number == 0 && plan.rules.required())) {
    Report(path, std::to_string(number) + " is no value of " + type->name() + "; give one of " +
                     ValuesOf(type));
  }
}

void MessageCheck::CheckNested(const Message& nested, const FieldPlan& plan,
                               const FieldPath& path) {
  if (plan.is_timestamp) {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(nested);
    if (time.seconds() < kFirstTimestamp_s || time.seconds() > kLastTimestamp_s ||
        time.nanos() < 0 || time.nanos() > 999'999'999) {
      Report(path, "is no time; give one of the years 1 to 9999 with nanos from 0 to 999999999");
    }
    return;
  }
  if (plan.nested != nullptr) Check(nested, *plan.nested, &path);
}

}  // namespace redress::platform
