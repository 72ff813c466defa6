#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <vector>

#include "services/platform/access/caller.h"
#include "services/platform/access/role_set.h"

namespace redress::platform {

// Who may call a method or send an event message, compiled from redress.common.v1.Access.
struct Permission {
  bool anyone = false;
  bool signed_in = false;
  RoleSet roles;
  std::vector<std::string> services;

  bool AllowsService(std::string_view service) const;
  // Whether one of the caller's roles, or the service that makes the call, is named here.
  bool Allows(const Caller& caller) const;
  // What a refused caller would need, in words: "role supervisor or admin".
  std::string Need() const;
};

// Both throw std::logic_error, naming the method or message, where nothing is declared: what
// declares nothing is closed to everyone, so the program must not start.
Permission PermissionOf(const google::protobuf::MethodDescriptor* method);
Permission SenderOf(const google::protobuf::Descriptor* event);

// The event messages that a request can carry: the members of every oneof in it, however deep, of
// which at least one declares a sender.
std::vector<const google::protobuf::Descriptor*> EventMessagesIn(
    const google::protobuf::Descriptor* request);

}  // namespace redress::platform
