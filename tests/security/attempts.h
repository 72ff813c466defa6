#pragma once

// Who has to be refused at a door, and how; and the shapes that a refused request may have.

#include <grpcpp/support/status_code_enum.h>

#include <string>
#include <vector>

#include "tests/security/callers.h"
#include "tests/security/doors.h"
#include "tests/security/two_shops.h"

namespace redress::security {

// Who passes: in reports and for Door::prepare a role or the common name of a certificate.
struct Permitted {
  std::string who;
  Caller caller;
};
std::vector<Permitted> PermittedAt(const Door& door, TwoShops& shops);

struct Attempt {
  Caller caller;
  grpc::StatusCode expected;
  std::string reason;  // of the refusal; empty where any will do
};
// Tokens that prove nothing, people and services that may not, and connections of strangers.
std::vector<Attempt> AttemptsAt(const Door& door, TwoShops& shops);

// A request of the door with nothing in it but the event's name.
Request Empty(const Door& door);
// One that breaks every field rule: each text far too long, each number and enum out of range.
Request Malformed(const Door& door);

}  // namespace redress::security
