#pragma once

// What a shop says about compensations, and the steps that offer and move them: pure decisions over
// the loaded rows, which throw what is refused.
//
// An amount up to the person's single limit is granted at once, one above it waits for a supervisor
// who is somebody else. Above the month's limit nothing is granted by anybody: a supervisor offers
// it from their own month, or an administrator raises the limit. What waits holds its part of the
// month; declined, cancelled and failed ones give it back.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "services/aftersales/domain/compensation.h"

namespace redress::aftersales {

struct Command;
struct LoadedBatch;
struct Sender;
class StepDraft;

struct CompensationLimits {
  std::int64_t single = 0;
  std::int64_t month = 0;
};

// In minor units of the shop's currency: what is offered in another cannot be held against them.
// The settings are `compensation_ROLE_single`, `compensation_ROLE_month` and
// `compensation_reasons`.
struct CompensationRules {
  CompensationLimits agent{2'000, 50'000};
  CompensationLimits supervisor{20'000, 500'000};
  std::string reasons;        // a comma-separated list
  std::string currency = {};  // of the limits, the shop's; empty where it is not known

  // Who is both has the supervisor's.
  const CompensationLimits& Of(bool is_supervisor) const {
    return is_supervisor ? supervisor : agent;
  }
};

// `setting` gives the value of a setting, "" for none.
CompensationRules ReadCompensationRules(
    const std::function<std::string(std::string_view name)>& setting);

inline constexpr std::size_t kMostCompensations = 20;  // of one case
inline constexpr std::string_view kCompensationWaits = "COMPENSATION_WAITS";
inline constexpr std::string_view kCompensationFailed = "COMPENSATION_FAILED";
inline constexpr std::string_view kCompensationUnknown = "COMPENSATION_UNKNOWN";

// Names of the steps.
inline constexpr std::string_view kOfferCompensationEvent = "offer_compensation";
std::string_view EventOf(CompensationAct act);
// nullptr for a step that moves no compensation.
const CompensationAct* FindAct(std::string_view event);

// Members of the steps' JSON; whether a supervisor was needed is a fact that a replay supposes.
inline constexpr std::string_view kNeedsSupervisorMember = "needs_supervisor";

void Offer(StepDraft& draft, const Command& command, const OfferCompensation& offer,
           const CompensationRules& rules, const LoadedBatch& rows);
void Move(StepDraft& draft, const Command& command, const MoveCompensation& move,
          const LoadedBatch& rows);

}  // namespace redress::aftersales
