#include "tests/chaos/journal.h"

namespace redress::chaos {
namespace {

// The field that makes a repeat answer what the first call answered; null where there is none.
const google::protobuf::FieldDescriptor* RepeatField(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  return field != nullptr ? field : request.GetDescriptor()->FindFieldByName("wms_reference");
}

}  // namespace

std::string CallRecord::Describe() const {
  static constexpr const char* kOutcomes[] = {"unknown", "answered", "refused"};
  std::string text = "call " + std::to_string(number) + ' ' + request->GetDescriptor()->name() +
                     ' ' + request_id + " as " + role + ", " + std::to_string(attempts) +
                     " attempts, " + kOutcomes[static_cast<int>(outcome)];
  return refusal.empty() ? text : text + " (" + refusal + ')';
}

CallRecord& Journal::Begin(const std::string& role, google::protobuf::Message& request,
                           Expect expect) {
  const std::lock_guard lock(mutex_);
  CallRecord& record = records_.emplace_back();
  record.number = records_.size();
  record.role = role;
  record.expect = expect;
  if (const auto* field = RepeatField(request); field != nullptr) {
    record.request_id = "chaos-" + std::to_string(record.number);
    request.GetReflection()->SetString(&request, field, record.request_id);
  }
  record.request.reset(request.New());
  record.request->CopyFrom(request);
  return record;
}

std::size_t Journal::size() const {
  const std::lock_guard lock(mutex_);
  return records_.size();
}

}  // namespace redress::chaos
