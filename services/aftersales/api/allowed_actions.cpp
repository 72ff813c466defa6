#include "services/aftersales/api/allowed_actions.h"

#include <stdexcept>
#include <string>

#include "redress/aftersales/v1/dispute_events.pb.h"
#include "redress/aftersales/v1/refund_events.pb.h"

namespace redress::aftersales {

std::vector<v1::AllowedAction> AllowedActions(
    const Case& of, const Surroundings& around,
    const std::function<bool(const google::protobuf::Descriptor* event)>& may_send) {
  const google::protobuf::Descriptor* events =
      of.IsRefund() ? v1::RefundEvent::descriptor() : v1::DisputeEvent::descriptor();
  std::vector<v1::AllowedAction> actions;
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
