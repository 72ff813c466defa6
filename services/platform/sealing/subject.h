// Whom a sealed field is about. Every subject has a key of its own, so that erasing one person
// destroys one key and nothing else.
#pragma once

#include <compare>
#include <cstdint>

namespace redress::platform {

// Stored in subject_keys and bound into every sealed field: numbers are never reused.
enum class SubjectKind : std::uint8_t {
  kCustomer = 1,
  kOrder = 2,
  kCase = 3,
  kWarehouseTask = 4,
  kAccount = 5,
  kWebhook = 12,
  kMessageChannel = 13,
  kErasure = 20,
  kConversation = 22,  // of a conversation whose source names no customer
  kCarrierSalt = 30,
};

struct Subject {
  SubjectKind kind = SubjectKind::kCustomer;
  std::uint64_t id = 0;
  auto operator<=>(const Subject&) const = default;
};

}  // namespace redress::platform
