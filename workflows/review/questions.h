#pragma once

// Questions about facts that routes, requirements and actions share.

#include "workflows/review/facts.h"

namespace redress::workflows::review {

// `numbers` is a PerChannel, const or not.
template <class Numbers>
auto& NumberOf(ContactChannel channel, Numbers& numbers) {
  if (channel == ContactChannel::kPhone) return numbers.phone;
  if (channel == ContactChannel::kSms) return numbers.sms;
  return numbers.chat;
}

inline bool IsContactRefused(const ReviewFacts& facts) {
  return facts.progress.contact_refused || facts.contact_refused_before;
}
// Whether the buyer could still change the review, the time for it aside.
inline bool MayRevise(const ReviewProgress& progress) {
  return progress.revision_possible && !progress.revision_spent;
}

}  // namespace redress::workflows::review
