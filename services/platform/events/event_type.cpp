#include "services/platform/events/event_type.h"

namespace redress::platform {

std::string_view EventType(const redress::events::v1::Event& event) {
  const auto* descriptor = redress::events::v1::Event::descriptor();
  const auto* payload =
      event.GetReflection()->GetOneofFieldDescriptor(event, descriptor->FindOneofByName("payload"));
  return payload == nullptr ? std::string_view() : payload->message_type()->full_name();
}

}  // namespace redress::platform
