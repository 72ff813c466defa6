#include "services/aftersales/api/allowed_actions.h"

#include <stdexcept>
#include <string>

#include "redress/aftersales/v1/case_service.pb.h"

namespace redress::aftersales {

std::vector<v1::AllowedAction> AllowedActions(
    const Case& of, const Surroundings& around,
    const std::function<bool(const google::protobuf::Descriptor* event)>& may_send) {
  // A step's request names the events of each kind in a member that is called like the kind.
  const auto* of_kind =
      v1::ApplyStepRequest::descriptor()->FindFieldByName(std::string(KindOf(of)));
  if (of_kind == nullptr) throw std::logic_error("a kind of case is not in the API");
  const google::protobuf::Descriptor* events = of_kind->message_type();
  std::vector<v1::AllowedAction> actions;
  if (of.IsImported()) return actions;
  for (const workflows::AllowedEvent& event : AllowedEvents(of, around)) {
    const auto* field = events->FindFieldByName(std::string(event.event));
    if (field == nullptr) throw std::logic_error("an event of the machine is not in the API");
    v1::AllowedAction& action = actions.emplace_back();
    action.set_event(std::string(event.event));
    if (!may_send(field->message_type())) {
      action.set_reason("ROLE");
      action.set_explanation("Your roles in this shop do not include sending this.");
    } else if (event.allowed) {
      action.set_allowed(true);
    } else {
      action.set_reason(std::string(event.refusal.code));
      action.set_explanation("Expected " + event.refusal.expected + ", found " +
                             event.refusal.found + ".");
    }
  }
  return actions;
}

}  // namespace redress::aftersales
