#include "services/aftersales/domain/platform_follow.h"

#include <algorithm>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/step.h"
#include "services/platform/base/money.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;
using refund::RefundEvent;
using Stage = PlatformStage;
using platform::Money;

bool IsAnyOf(std::string_view state, std::initializer_list<std::string_view> states) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

// Still about what is asked for: it may be revised, agreed to and refused.
bool IsUndecided(const Case& now) {
  return IsAnyOf(now.state, {"Requested", "PendingApproval", "Rejected"});
}

bool IsAgreed(const PlatformWord& word) {
  switch (word.stage) {
    case Stage::kWaitBuyerReturn:
    case Stage::kWaitSellerConfirmGoods:
    case Stage::kWaitSellerConsign:
    case Stage::kWaitBuyerConfirm:
      return true;
    case Stage::kClosed:
    case Stage::kSuccess:
      return word.agreed || word.sent;
    default:
      return word.sent;
  }
}

// A buyer who asks anew after goods were sent is refused what was asked before: the goods are here.
bool IsRefused(const PlatformWord& word) {
  return word.stage == Stage::kSellerRefused ||
         (word.stage == Stage::kWaitSellerAgree && word.sent);
}

class Following {
 public:
  Following(const PlatformWord& word, const Case& now, const WasSent& was_sent)
      : word_(word), now_(now), progress_(now.Refund()), was_sent_(was_sent) {}

  // The order matters: what was asked, what was agreed, the goods, then who decides.
  std::optional<RefundEvent> Next() const {
    for (const auto& next :
         {Revision(), Agreement(), Shipping(), Refusal(), Intervention(), End()}) {
      if (next && !was_sent_(refund::NameOf(*next))) return next;
    }
    return std::nullopt;
  }

 private:
  using Event = std::optional<RefundEvent>;

  Event Revision() const {
    if (!IsUndecided(now_) || word_.amount == 0) return {};
    const std::int32_t quantity = word_.quantity == 0 ? progress_.quantity : word_.quantity;
    const refund::Variant variant = VariantAsked();
    const bool is_other = word_.amount != progress_.amount_asked || variant != progress_.variant ||
                          quantity != progress_.quantity;
    const bool asks_anew = now_.state == "Rejected" && word_.stage == Stage::kWaitSellerAgree;
    if (!is_other && !asks_anew) return {};
    return refund::ReviseRequest{word_.amount, quantity, variant};
  }

  // A person may have said more exactly than the platform can what is asked for.
  refund::Variant VariantAsked() const {
    const bool is_exact = progress_.variant == refund::Variant::kReship ||
                          progress_.variant == refund::Variant::kPriceDifference ||
                          progress_.variant == refund::Variant::kPostage;
    const bool fits = word_.variant == refund::Variant::kRefundOnly;
    return is_exact && fits ? progress_.variant : word_.variant;
  }

  Event Agreement() const {
    if (!IsUndecided(now_) || !word_.IsReturn() || !IsAgreed(word_)) return {};
    return refund::PlatformAgreed{word_.amount};
  }

  Event Shipping() const {
    const bool is_waited_for = IsAnyOf(now_.state, {"AwaitingReturn", "InDispute"});
    const bool is_here = progress_.goods != refund::GoodsPlace::kWithBuyer;
    if (!is_waited_for || is_here || !word_.sent || word_.tracking.empty()) return {};
    return refund::ShipReturn{word_.carrier, word_.tracking, word_.shipping};
  }

  Event Refusal() const {
    const bool is_open = IsAnyOf(
        now_.state, {"Requested", "PendingApproval", "AwaitingReturn", "Returning", "Inspecting"});
    if (!is_open || !IsRefused(word_)) return {};
    return refund::PlatformRefused{};
  }

  Event Intervention() const {
    if (!word_.intervened || now_.platform_intervened) return {};
    return refund::PlatformIntervened{};
  }

  Event End() const {
    if (word_.stage == Stage::kClosed) {
      if (now_.state == "SendingBack") return {};
      return refund::PlatformClosed{};
    }
    if (word_.stage != Stage::kSuccess) return {};
    if (word_.paid == 0) return EndOfExchange();
    const bool is_known =
        now_.state == "FollowingUp" && word_.paid == progress_.settled_amount + progress_.shortfall;
    if (is_known) return {};
    return refund::PlatformSucceeded{word_.paid};
  }

  // No money was paid: the buyer has the replacement.
  Event EndOfExchange() const {
    const bool is_under_way = progress_.replacement == refund::Replacement::kShipped;
    if (now_.state != "Reshipping" || !is_under_way) return {};
    return refund::SignForReplacement{};
  }

  const PlatformWord& word_;
  const Case& now_;
  const refund::RefundProgress& progress_;
  const WasSent& was_sent_;
};

bool HasFollowed(const PlatformWord& word, const Case& now) {
  const std::string& state = now.state;
  switch (word.stage) {
    case Stage::kWaitSellerAgree:
    case Stage::kTurnedIntoRefund:
    case Stage::kPostFeeDispute:
      return IsAnyOf(state, {"Requested", "PendingApproval"});
    case Stage::kSellerRefused:
      return IsAnyOf(state, {"Rejected", "Disagreed"});
    case Stage::kWaitBuyerReturn:
      return state == "AwaitingReturn";
    case Stage::kWaitSellerConfirmGoods:
      return IsAnyOf(state, {"Returning", "Inspecting"});
    case Stage::kWaitSellerConsign:
    case Stage::kWaitBuyerConfirm:
      return state == "Reshipping";
    case Stage::kClosed:
      return IsAnyOf(state, {"Closed", "Withdrawn", "Expired", "SendingBack"});
    case Stage::kSuccess:
      return IsAnyOf(state, {"FollowingUp", "Completed"});
    case Stage::kUnknown:
      break;
  }
  return false;
}

// Whether the case's state takes what the platform calls so; nothing for a code that we do not
// know.
std::optional<bool> IsOurs(const std::string& operation, const Case& now) {
  const std::string_view event = EventOfOperation(operation);
  if (event.empty()) return std::nullopt;
  return StateTakes(kRefundKind, now.state, event);
}

// Those that only the platform allows behind +, those that only the case allows behind -.
std::string DifferingOperations(const PlatformWord& word, const Case& now) {
  std::string all;
  for (const std::string& operation : word.allowed_operations) {
    if (IsOurs(operation, now) == false) all += (all.empty() ? "+" : " +") + operation;
  }
  for (const std::string& operation : word.refused_operations) {
    if (IsOurs(operation, now) == true) all += (all.empty() ? "-" : " -") + operation;
  }
  return all;
}

}  // namespace

std::optional<CommandBody> NextMove(const PlatformWord& word, const Case& now,
                                    const WasSent& was_sent, std::int64_t now_us) {
  if (now.final || !now.IsRefund()) return std::nullopt;
  if (auto event = Following(word, now, was_sent).Next()) {
    return FireEvent{CaseEvent{*std::move(event)}, {}};
  }
  const bool is_timely = word.remind_at > now_us && word.remind_at != now.due_at;
  if (!is_timely || !HasFollowed(word, now) || IsEnd(word.stage)) return std::nullopt;
  if (was_sent(kPlatformDeadlineEvent)) return std::nullopt;
  return PlatformDeadline{word.remind_at, now.Armed().deadline_number};
}

PlatformDifference DifferenceOf(const PlatformWord& word, const Case& now) {
  // A status that we do not know could be anything: it is kept sealed only.
  if (word.stage == Stage::kUnknown) return {std::string(kStatusUnknown), {}};
  const bool rules = now.state == "InDispute" && word.intervened && !IsEnd(word.stage);
  if (!rules && !HasFollowed(word, now)) {
    return {std::string(now.final ? kCaseEnded : kStateDiffers), word.status + " ≠ " + now.state};
  }
  const refund::RefundProgress& progress = now.Refund();
  const bool is_paid = word.stage == Stage::kSuccess;
  const std::int64_t ours =
      is_paid ? progress.settled_amount + progress.shortfall : progress.amount_asked;
  const std::int64_t theirs = is_paid ? word.paid : word.amount;
  if (theirs != 0 && word.stage != Stage::kClosed && ours != theirs) {
    return {std::string(kAmountDiffers),
            ToString(Money{now.currency, theirs}) + " ≠ " + ToString(Money{now.currency, ours})};
  }
  if (std::string operations = DifferingOperations(word, now); !operations.empty()) {
    return {std::string(kOperationsDiffer), std::move(operations)};
  }
  return {};
}

}  // namespace redress::aftersales
