#include "services/aftersales/domain/platform_rating_follow.h"

#include "services/aftersales/domain/case_kind.h"

namespace redress::aftersales {
namespace {

namespace review = workflows::review;
using review::Rating;
using review::ReviewEvent;

constexpr std::string_view kReplyState = "Replying";

// What was first bad or neutral; a case that somebody opened may have been told otherwise.
std::optional<ReviewEvent> Correction(const RatingWord& word, const review::ReviewProgress& now) {
  if (!word.first) return {};
  const bool is_other = word.first->rating != now.rating || word.first->stars != now.stars;
  if (!is_other) return {};
  return review::CorrectRating{word.first->rating, word.first->stars};
}

std::optional<ReviewEvent> Revision(const RatingWord& word, const review::ReviewProgress& now) {
  const auto target = word.Target();
  if (!target) return {};
  const bool is_news = target->rating != now.rating_now;
  const bool is_unheard = target->rating != now.rating && !now.revision_spent;
  if (!is_news && !is_unheard) return {};
  return review::ReviewRevised{target->rating};
}

std::optional<ReviewEvent> Removal(const RatingWord& word, const review::ReviewProgress& now) {
  if (!word.removed || now.change == review::Change::kRemoved) return {};
  return review::ReviewRemoved{};
}

std::optional<ReviewEvent> Reply(const RatingWord& word, const Case& now) {
  if (word.reply.empty() || now.state != kReplyState) return {};
  return review::PublishReply{};
}

}  // namespace

std::optional<CommandBody> NextMove(const RatingWord& word, const Case& now,
                                    const WasSent& was_sent) {
  if (now.final || !now.IsReview()) return std::nullopt;
  const review::ReviewProgress& progress = now.Review();
  for (const auto& next : {Correction(word, progress), Revision(word, progress),
                           Removal(word, progress), Reply(word, now)}) {
    if (next && !was_sent(review::NameOf(*next))) return FireEvent{CaseEvent{*next}, {}, {}};
  }
  return std::nullopt;
}

PlatformDifference DifferenceOf(const RatingWord& word, const Case& now) {
  if (!now.IsReview()) return {std::string(kStateDiffers), std::string(KindOf(now))};
  const review::ReviewProgress& progress = now.Review();
  const auto target = word.Target();
  const bool is_removed_here = progress.change == review::Change::kRemoved;
  const bool is_other = target && target->rating != progress.rating_now;
  const bool is_gone = word.removed && !is_removed_here;
  if (now.state == "Withdrawn" || (!is_gone && (!is_other || is_removed_here))) return {};
  return {std::string(kRatingDiffers),
          std::string(NameOf(target ? target->rating : Rating::kBad, word.removed)) + " ≠ " +
              std::string(NameOf(progress.rating_now, is_removed_here))};
}

bool WaitsToReply(const RatingWord& word, const Case& now) {
  return !word.reply.empty() && !now.final && now.state != kReplyState;
}

}  // namespace redress::aftersales
