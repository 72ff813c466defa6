// How careful to be with a person: points for what the facts say, each explained. It only judges
// what a person did, never who they are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/customer/domain/customer_facts.h"

namespace redress::customer {

inline constexpr std::uint32_t kRaisedRisk = 30;
inline constexpr std::uint32_t kHighRisk = 60;
inline constexpr std::uint32_t kMostRisk = 100;

enum class RiskLevel : std::uint8_t { kLow = 1, kRaised = 2, kHigh = 3 };

struct RiskSign {
  std::string code;
  std::uint32_t points = 0;
  std::string explanation;

  bool operator==(const RiskSign&) const = default;
};

struct Risk {
  RiskLevel level = RiskLevel::kLow;
  std::uint32_t points = 0;
  std::vector<RiskSign> signs;
};

Risk RiskOf(const CustomerFigures& figures);

}  // namespace redress::customer
