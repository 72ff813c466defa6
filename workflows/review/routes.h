#pragma once

// Routes of the review machine: they choose between the rows of one state and event, exclude each
// other there and together cover every case (see machine/rows.h).

#include <string_view>

#include "workflows/review/questions.h"

namespace redress::workflows::review {

struct IsContactForbidden {
  static constexpr std::string_view kName = "is_contact_forbidden";
  template <class Event>
  static bool Holds(const Event&, const ReviewFacts& facts) {
    return IsContactRefused(facts);
  }
};

struct IsReached {
  static constexpr std::string_view kName = "is_reached";
  static bool Holds(const RecordAttempt& event, const ReviewFacts&) { return event.reached; }
};

// After this one there may be another attempt.
struct IsAnotherAttemptLeft {
  static constexpr std::string_view kName = "is_another_attempt_left";
  template <class Event>
  static bool Holds(const Event&, const ReviewFacts& facts) {
    return facts.progress.attempts.Sum() + 1 < kMostAttempts;
  }
};

// Somebody has tried at all: only then is a buyer unreachable.
struct IsAnyAttemptMade {
  static constexpr std::string_view kName = "is_any_attempt_made";
  template <class Event>
  static bool Holds(const Event&, const ReviewFacts& facts) {
    return facts.progress.attempts.Sum() > 0;
  }
};

struct IsRevisionLeft {
  static constexpr std::string_view kName = "is_revision_left";
  template <class Event>
  static bool Holds(const Event&, const ReviewFacts& facts) {
    return MayRevise(facts.progress);
  }
};

// For the better; a buyer who takes a neutral review for a bad one has changed nothing for us.
struct IsImproved {
  static constexpr std::string_view kName = "is_improved";
  static bool Holds(const ReviewRevised& event, const ReviewFacts& facts) {
    return event.rating > facts.progress.rating;
  }
};

// The dispute about the fault gave the buyer something.
struct IsRemedied {
  static constexpr std::string_view kName = "is_remedied";
  static bool Holds(const RecordDisputeEnd& event, const ReviewFacts&) { return event.remedied; }
};

// The review was revised or removed while something was still owed to the buyer.
struct IsChanged {
  static constexpr std::string_view kName = "is_changed";
  template <class Event>
  static bool Holds(const Event&, const ReviewFacts& facts) {
    return facts.progress.change != Change::kNone;
  }
};

}  // namespace redress::workflows::review
