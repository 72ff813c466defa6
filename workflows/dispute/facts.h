#pragma once

// What a dispute case's guards may ask. Progress is what the machine itself has brought about, kept
// in the case's row and changed only by effects (see Apply in effects.h); the rest the engine looks
// up for each command. Amounts are minor units of the order's currency.

#include <cstdint>
#include <string>

#include "workflows/dispute/events.h"
#include "workflows/machine/casework.h"

namespace redress::workflows::dispute {

inline constexpr std::int32_t kMostRounds = 3;
inline constexpr std::int32_t kFewestOptions = 2;
inline constexpr std::int32_t kMostOptions = 3;

// Where the dispute came from.
enum class Channel : std::uint8_t {
  kDirectComplaint = 1,
  kPlatformComplaint = 2,
  kDeliveryFault = 3,
  kEscalatedRefund = 4,  // the refund waits for what the dispute comes to
};

// What the case came to, so far.
enum class Verdict : std::uint8_t {
  kNone = 0,
  kAgreed = 1,  // the buyer accepted an option
  kRuledForBuyer = 2,
  kRuledForShop = 3,
};

struct DisputeProgress : ArmedDeadline {
  Channel channel = Channel::kDirectComplaint;  // set at opening

  std::int32_t evidence = 0;         // pieces recorded
  std::int32_t rounds_declined = 0;  // by the buyer, or by the buyer's silence
  Options options;                   // proposed in the round that runs or ran last

  Verdict verdict = Verdict::kNone;
  bool ruled_by_platform = false;
  Remedy remedy;          // the option accepted, or what was ruled
  bool executed = false;  // the remedy has been given

  std::string root_cause;
  std::string measure;

  // The refund that the dispute decides about, or that gives what the dispute came to. 0: none.
  std::uint64_t refund = 0;
  std::uint64_t review = 0;  // that reveals the fault and waits for the end. 0: none
  std::int64_t worth = 0;    // what an escalated refund asks: what other goods for it are worth
};

struct DisputeFacts {
  DisputeProgress progress;
  Actor actor;
  bool has_platform_id = false;      // a complaint of the platform
  bool root_cause_is_listed = true;  // the one that Resolve names, in the shop's list
  std::uint64_t next_case = 0;       // the id of a case that the step opens
  std::uint64_t open_refund = 0;     // a refund of the same line that has not ended; 0: none
  bool has_line = false;             // about one line: what a refund needs
};

}  // namespace redress::workflows::dispute
