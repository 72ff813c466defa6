#pragma once

#include <cstdint>

#include "redress/common/v1/role.pb.h"

namespace redress::platform {

using common::v1::Role;

// A set of roles, one bit each; copied by value.
class RoleSet {
 public:
  constexpr RoleSet() = default;
  template <class Roles>
  static RoleSet Of(const Roles& roles) {
    RoleSet set;
    for (const auto role : roles) set.Add(static_cast<Role>(role));
    return set;
  }
  static constexpr RoleSet FromBits(std::uint32_t bits) {
    RoleSet set;
    set.bits_ = bits;
    return set;
  }

  // ROLE_UNSPECIFIED and numbers outside 1…31 are no roles and are left out.
  constexpr void Add(Role role) {
    if (role > 0 && role < 32) bits_ |= 1U << static_cast<unsigned>(role);
  }
  constexpr bool Has(Role role) const {
    return role > 0 && role < 32 && (bits_ >> static_cast<unsigned>(role) & 1U) != 0;
  }
  constexpr bool HasAnyOf(RoleSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  // Role N is bit N.
  constexpr std::uint32_t bits() const { return bits_; }
  constexpr bool operator==(const RoleSet&) const = default;

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace redress::platform
