#include "services/platform/server/permission.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "redress/common/v1/access.pb.h"

namespace redress::platform {
namespace {

using google::protobuf::Descriptor;

Permission Compile(const common::v1::Access& access, const std::string& of) {
  Permission permission;
  permission.anyone = access.anyone();
  permission.signed_in = access.signed_in();
  permission.roles = RoleSet::Of(access.roles());
  permission.services.assign(access.services().begin(), access.services().end());
  if (!permission.anyone && !permission.signed_in && permission.roles.empty() &&
      permission.services.empty()) {
    throw std::logic_error(of + " declares an access that lets nobody in");
  }
  return permission;
}

void Visit(const Descriptor* type, std::set<const Descriptor*>& seen,
           std::vector<const Descriptor*>& events) {
  if (!seen.insert(type).second) return;
  for (int i = 0; i < type->real_oneof_decl_count(); ++i) {
    const auto* oneof = type->oneof_decl(i);
    std::vector<const Descriptor*> members;
    bool declares = false;
    for (int j = 0; j < oneof->field_count(); ++j) {
      const auto* member = oneof->field(j)->message_type();
      if (member == nullptr) continue;
      members.push_back(member);
      declares = declares || member->options().HasExtension(common::v1::sender);
    }
    if (declares) events.insert(events.end(), members.begin(), members.end());
  }
  for (int i = 0; i < type->field_count(); ++i) {
    if (const auto* nested = type->field(i)->message_type()) Visit(nested, seen, events);
  }
}

}  // namespace

bool Permission::AllowsService(std::string_view service) const {
  return !service.empty() && std::ranges::find(services, service) != services.end();
}

bool Permission::Allows(const Caller& caller) const {
  return anyone || (signed_in && caller.account) || roles.HasAnyOf(caller.roles) ||
         AllowsService(caller.service);
}

std::string Permission::Need() const {
  std::string need;
  for (int role = 1; role < 32; ++role) {
    if (!roles.Has(static_cast<Role>(role))) continue;
    need += (need.empty() ? "one of the roles " : ", ") +
            common::v1::Role_Name(static_cast<Role>(role));
  }
  if (!need.empty() || services.empty()) return need;
  for (const auto& service : services) {
    need += (need.empty() ? "one of the services " : ", ") + service;
  }
  return need;
}

Permission PermissionOf(const google::protobuf::MethodDescriptor* method) {
  if (!method->options().HasExtension(common::v1::access)) {
    throw std::logic_error("method " + method->full_name() +
                           " declares no access; add option (redress.common.v1.access)");
  }
  return Compile(method->options().GetExtension(common::v1::access), method->full_name());
}

Permission SenderOf(const Descriptor* event) {
  if (!event->options().HasExtension(common::v1::sender)) {
    throw std::logic_error("event message " + event->full_name() +
                           " declares no sender; add option (redress.common.v1.sender)");
  }
  return Compile(event->options().GetExtension(common::v1::sender), event->full_name());
}

std::vector<const Descriptor*> EventMessagesIn(const Descriptor* request) {
  std::set<const Descriptor*> seen;
  std::vector<const Descriptor*> events;
  Visit(request, seen, events);
  return events;
}

}  // namespace redress::platform
