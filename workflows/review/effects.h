#pragma once

// What a step of a review case asks of the engine. Effects are data; nothing is done here. They are
// carried out in the transaction of the step, in order. Those in the first group change the case's
// own row and are what Apply performs; those in the second ask for something beside it.

#include <cstdint>
#include <variant>
#include <vector>

#include "workflows/machine/casework.h"
#include "workflows/review/facts.h"

namespace redress::workflows::review {

// ---- the case's own row -------------------------------------------------------------------------

struct SetJudgement {
  Judgement judgement = Judgement::kNone;
};
struct CountAttempt {
  ContactChannel channel = ContactChannel::kChat;
  PartOfDay part_of_day = PartOfDay::kMorning;
};
struct SetOffer {
  Offer offer;
};
struct MarkAgreed {};
struct MarkFulfilled {};
struct CountEvidence {};
struct SetReplyReason {
  ReplyReason reason = ReplyReason::kNone;
};
struct MarkReplied {};
struct SetRating {
  Rating rating = Rating::kBad;
};
struct SetChange {
  Change change = Change::kNone;
};
struct SetFirstRating {
  Rating rating = Rating::kBad;
  std::int32_t stars = 0;
};

// ---- beside it, too -----------------------------------------------------------------------------

// Of the buyer, not of the case: no other case contacts that buyer either, ever.
struct ForbidContact {};
// The platform took the reported review away: the reviewer is to be known as malicious.
struct TagReviewer {};
// Of a dispute, through its inbox: that it be opened, or, where the line has an open one, that it
// tell this review how it ends.
struct AskDispute {
  std::uint64_t dispute = 0;
  Fault fault = Fault::kNone;
  bool joins = false;
};

using ReviewEffect =
    std::variant<ArmDeadline, KeepDeadline, DisarmDeadline, SetJudgement, CountAttempt, SetOffer,
                 MarkAgreed, MarkFulfilled, CountEvidence, SetReplyReason, MarkReplied, SetRating,
                 SetChange, SetFirstRating, ForbidContact, TagReviewer, AskDispute, RaisePriority,
                 QueueForPerson, AskPlatform>;
using ReviewEffects = std::vector<ReviewEffect>;

// The case's row after these effects.
void Apply(const ReviewEffects& effects, ReviewProgress& progress);
void Apply(const ReviewEffect& effect, ReviewProgress& progress);

}  // namespace redress::workflows::review
