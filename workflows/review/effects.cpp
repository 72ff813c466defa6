#include "workflows/review/effects.h"

#include "workflows/review/questions.h"

namespace redress::workflows::review {
namespace {

// One overload per effect that changes the case's row; the rest fall to the last one.
struct OnProgress {
  ReviewProgress& row;

  void operator()(const ArmDeadline& effect) const { workflows::Apply(effect, row); }
  void operator()(const DisarmDeadline& effect) const { workflows::Apply(effect, row); }
  void operator()(const SetJudgement& effect) const { row.judgement = effect.judgement; }
  void operator()(const CountAttempt& effect) const {
    ++NumberOf(effect.channel, row.attempts);
    row.parts_of_day = static_cast<std::uint8_t>(row.parts_of_day | Bit(effect.part_of_day));
  }
  void operator()(const SetOffer& effect) const { row.offer = effect.offer; }
  void operator()(const MarkAgreed&) const { row.agreed = true; }
  void operator()(const MarkFulfilled&) const { row.fulfilled = true; }
  void operator()(const CountEvidence&) const { ++row.evidence; }
  void operator()(const SetReplyReason& effect) const { row.reply_reason = effect.reason; }
  void operator()(const MarkReplied&) const { row.replied = true; }
  void operator()(const SetRating& effect) const {
    row.rating_now = effect.rating;
    row.revision_spent = true;
  }
  void operator()(const SetChange& effect) const { row.change = effect.change; }
  void operator()(const SetFirstRating& effect) const {
    row.rating = effect.rating;
    row.stars = effect.stars;
  }
  void operator()(const AskDispute& effect) const {
    row.dispute = effect.dispute;
    row.fault = effect.fault;
  }
  void operator()(const ForbidContact&) const { row.contact_refused = true; }
  void operator()(const TagReviewer&) const { row.malice_confirmed = true; }
  template <class Other>
  void operator()(const Other&) const {}
};

}  // namespace

void Apply(const ReviewEffect& effect, ReviewProgress& progress) {
  std::visit(OnProgress{progress}, effect);
}

void Apply(const ReviewEffects& effects, ReviewProgress& progress) {
  for (const ReviewEffect& effect : effects) Apply(effect, progress);
}

std::string_view NameOf(const ReviewEvent& event) {
  return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::kName; }, event);
}

}  // namespace redress::workflows::review
