#include "services/aftersales/domain/platform_follower.h"

#include "services/aftersales/domain/platform_rating_follow.h"
#include "services/aftersales/domain/step.h"

namespace redress::aftersales {
namespace {

class RefundFollower final : public PlatformFollower {
 public:
  explicit RefundFollower(const PlatformFields& fields) : word_(WordOf(fields)) {}

  bool WantsCase() const override { return true; }
  Lack WhatIsMissing() const override {
    if (word_.amount != 0) return {};
    return {kNothingAsked,
            "The platform has not said what is asked for; it opens a case once it does."};
  }
  CommandBody Opening(const LineFacts& line, std::uint64_t number, bool) const override {
    OpenCase open;
    open.number = number;
    open.line = line;
    open.quantity = word_.quantity == 0 ? line.quantity : word_.quantity;
    open.currency = line.currency;
    open.amount_asked = word_.amount;
    open.variant = line.postage ? workflows::refund::Variant::kPostage : word_.variant;
    open.reason = word_.reason.empty() ? "platform" : word_.reason;
    open.platform_refund_id = word_.refund_id;
    return open;
  }
  std::string WordsOf(std::string_view event) const override {
    return event == kOpenEvent ? word_.description : std::string();
  }
  std::optional<CommandBody> NextMove(const Case& now, const WasSent& was_sent,
                                      std::int64_t now_us) const override {
    return aftersales::NextMove(word_, now, was_sent, now_us);
  }
  PlatformDifference DifferenceOf(const Case& now) const override {
    return aftersales::DifferenceOf(word_, now);
  }
  bool LooksAgain(const Case&) const override { return false; }

 private:
  const PlatformWord word_;
};

class RatingFollower final : public PlatformFollower {
 public:
  explicit RatingFollower(const PlatformFields& fields) : word_(RatingWordOf(fields)) {}

  bool WantsCase() const override { return word_.first.has_value(); }
  Lack WhatIsMissing() const override {
    if (word_.order_number.empty()) {
      return {kOrderUnknown, "The platform has not said of which order the rating is."};
    }
    if (word_.created_at != 0) return {};
    return {kTimeUnknown, "The platform has not said when the rating was given."};
  }
  CommandBody Opening(const LineFacts& line, std::uint64_t number,
                      bool revision_possible) const override {
    OpenReview open;
    open.number = number;
    open.line = line;
    const Given first = word_.first.value_or(Given{});
    open.stars = first.stars;
    open.rating = first.rating;
    open.reviewed_at = word_.created_at;
    open.revision_possible = revision_possible;
    open.platform_review_id = word_.key.substr(kReviewPrefix.size());
    return open;
  }
  std::string WordsOf(std::string_view event) const override {
    if (event == kOpenEvent) return word_.content;
    return event == workflows::review::PublishReply::kName ? word_.reply : std::string();
  }
  std::optional<CommandBody> NextMove(const Case& now, const WasSent& was_sent,
                                      std::int64_t) const override {
    return aftersales::NextMove(word_, now, was_sent);
  }
  PlatformDifference DifferenceOf(const Case& now) const override {
    return aftersales::DifferenceOf(word_, now);
  }
  bool LooksAgain(const Case& now) const override { return WaitsToReply(word_, now); }

 private:
  const RatingWord word_;
};

}  // namespace

std::unique_ptr<PlatformFollower> FollowerOf(const PlatformObject& object) {
  if (object.kind == PlatformObjectKind::kRating) {
    return std::make_unique<RatingFollower>(object.fields);
  }
  return std::make_unique<RefundFollower>(object.fields);
}

}  // namespace redress::aftersales
