#include <memory>

#include "redress/common/v1/rules.pb.h"
#include "services/platform/rules/field_rules.h"

namespace redress::platform {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void HideIn(Message& message) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    const bool sensitive = field->options().GetExtension(common::v1::rules).sensitive();
    if (sensitive && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated()) {
      reflection->SetString(&message, field, "…");
    } else if (sensitive) {
      reflection->ClearField(&message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        HideIn(*reflection->MutableRepeatedMessage(&message, field, i));
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      HideIn(*reflection->MutableMessage(&message, field));
    }
  }
}

}  // namespace

std::string WithoutSensitive(const Message& message) {
  const std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  HideIn(*copy);
  return copy->ShortDebugString();
}

}  // namespace redress::platform
