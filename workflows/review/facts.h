#pragma once

// What a review case's guards may ask. Progress is what the machine itself has brought about, kept
// in the case's row and changed only by effects (see Apply in effects.h); the rest the engine looks
// up for each command. Amounts are minor units of the order's currency.

#include <cstdint>

#include "workflows/machine/casework.h"
#include "workflows/review/events.h"

namespace redress::workflows::review {

inline constexpr std::int32_t kMostAttempts = 3;

// What the look at the review came to.
enum class Judgement : std::uint8_t {
  kNone = 0,
  kGenuine = 1,
  kMalicious = 2,
};

// Parts of the day, in the shop's own time: no two attempts fall into the same one.
enum class PartOfDay : std::uint8_t {
  kMorning = 1,    // before 12
  kAfternoon = 2,  // before 18
  kEvening = 4,
};
inline constexpr std::uint8_t Bit(PartOfDay part) { return static_cast<std::uint8_t>(part); }

// A number for each way to reach a buyer: attempts made, or the most that the shop makes.
struct PerChannel {
  std::int32_t chat = 0;
  std::int32_t phone = 0;
  std::int32_t sms = 0;

  std::int32_t Sum() const { return chat + phone + sms; }
};

// Why the review is answered in public instead of being changed.
enum class ReplyReason : std::uint8_t {
  kNone = 0,
  kRefused = 1,      // by the buyer, in word or by silence
  kUnreachable = 2,  // the attempts are spent, or their time is
  kNoContact = 3,    // the buyer asked not to be contacted
  kTooLate = 4,      // the time in which a buyer may revise is over
  kNoRevision = 5,   // the platform lets no buyer revise, or the one revision is spent
  kTurnedDown = 6,   // the platform lets a reported review stand
  kConcluded = 7,    // the buyer was heard, and nothing was offered
};

// What became of the review.
enum class Change : std::uint8_t {
  kNone = 0,
  kRevised = 1,  // for the better
  kRemoved = 2,
};

struct ReviewProgress : ArmedDeadline {
  // Set at opening.
  std::int32_t stars = 0;  // 1 to 5; 0 where the platform has only words
  Rating rating = Rating::kBad;
  std::int64_t reviewed_at = 0;   // UTC microseconds; days 27 and 29 count from here
  bool revision_possible = true;  // whether the platform lets a buyer revise

  Judgement judgement = Judgement::kNone;
  PerChannel attempts;
  std::uint8_t parts_of_day = 0;  // Bit() of those in which there was an attempt
  bool contact_refused = false;   // the buyer said so in this case
  Offer offer;                    // the last one
  bool agreed = false;            // the buyer accepted it
  bool fulfilled = false;
  Rating rating_now = Rating::kBad;
  bool revision_spent = false;  // a buyer revises once
  std::int32_t evidence = 0;    // pieces recorded
  bool malice_confirmed = false;
  ReplyReason reply_reason = ReplyReason::kNone;
  bool replied = false;
  Change change = Change::kNone;

  Fault fault = Fault::kNone;  // that the review reveals
  std::uint64_t dispute = 0;   // the dispute about it; 0: none
};

struct ReviewFacts {
  ReviewProgress progress;
  Actor actor;
  bool has_platform_id = false;         // a review that the platform knows by an id
  bool contact_refused_before = false;  // the same buyer said so, in whichever case
  PartOfDay part_of_day = PartOfDay::kMorning;
  PerChannel channel_limits{3, 2, 1};
  std::uint64_t next_case = 0;     // the id of a case that the step opens
  std::uint64_t open_dispute = 0;  // of the same line, which this review can join; 0: none
  bool is_disputed = false;        // there is one that it cannot join
};

}  // namespace redress::workflows::review
