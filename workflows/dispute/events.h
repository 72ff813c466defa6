#pragma once

// The events of a dispute case. Plain structs: an event's kName is the name of the API's oneof
// field. They carry only what the machine decides on; free texts and references stay on the step.
// Amounts are minor units of the order's currency.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace redress::workflows::dispute {

// What the shop may offer. Stored numbers never move.
enum class OptionKind : std::uint8_t {
  kNone = 0,
  kRefund = 1,
  kReplacement = 2,
  kCompensation = 3,
  kOther = 4,  // an apology, an explanation, help with the goods
};

// What the buyer gets; only a refund and a compensation have an amount.
struct Remedy {
  OptionKind kind = OptionKind::kNone;
  std::int64_t amount = 0;

  friend bool operator==(const Remedy& a, const Remedy& b) {
    return a.kind == b.kind && a.amount == b.amount;
  }
};

// What the buyer may choose from: of each kind one at most.
struct Options {
  std::int64_t refund = 0;        // 0: no such option
  std::int64_t compensation = 0;  // 0: no such option
  bool replacement = false;
  bool other = false;

  std::int32_t Count() const {
    return (refund > 0 ? 1 : 0) + (compensation > 0 ? 1 : 0) + (replacement ? 1 : 0) +
           (other ? 1 : 0);
  }
};

// The buyer was spoken to for the first time.
struct RecordContact {
  static constexpr std::string_view kName = "record_contact";
};
struct BeginInvestigation {
  static constexpr std::string_view kName = "begin_investigation";
};
struct AddEvidence {
  static constexpr std::string_view kName = "add_evidence";
};
// What the buyer may choose from; proposing again before it was presented replaces it.
struct ProposeOptions {
  static constexpr std::string_view kName = "propose_options";
  Options options;
};
// The buyer was shown the options.
struct PresentOptions {
  static constexpr std::string_view kName = "present_options";
};
struct AcceptOption {
  static constexpr std::string_view kName = "accept_option";
  OptionKind option = OptionKind::kNone;
};
struct DeclineOptions {
  static constexpr std::string_view kName = "decline_options";
};
// `amount` 0: the buyer is right, but nothing is to be paid.
struct RuleForBuyer {
  static constexpr std::string_view kName = "rule_for_buyer";
  std::int64_t amount = 0;
};
struct RuleForShop {
  static constexpr std::string_view kName = "rule_for_shop";
};
// What was agreed or ruled has been done.
struct RecordExecution {
  static constexpr std::string_view kName = "record_execution";
};
struct Resolve {
  static constexpr std::string_view kName = "resolve";
  std::string root_cause;  // of the shop's list
  std::string measure;     // what is done so that it does not happen again
};
struct Withdraw {
  static constexpr std::string_view kName = "withdraw";
};
// The linked refund gave the buyer `amount`; 0 for other goods.
struct RecordRefundGiven {
  static constexpr std::string_view kName = "record_refund_given";
  std::int64_t amount = 0;
};
// The linked refund ended and gives nothing.
struct RecordRefundEnded {
  static constexpr std::string_view kName = "record_refund_ended";
};
// A review reveals the fault that the dispute is about, and waits for its end.
struct JoinReview {
  static constexpr std::string_view kName = "join_review";
  std::uint64_t review = 0;
};
struct DeadlineReached {
  static constexpr std::string_view kName = "deadline_reached";
  std::int64_t number = 0;
};
// The platform has taken the complaint to itself.
struct PlatformIntervened {
  static constexpr std::string_view kName = "platform_intervened";
};
// The platform ruled: a fact, whatever we had agreed.
struct PlatformRuledForBuyer {
  static constexpr std::string_view kName = "platform_ruled_for_buyer";
  std::int64_t amount = 0;
};
struct PlatformRuledForShop {
  static constexpr std::string_view kName = "platform_ruled_for_shop";
};
// The platform closed the complaint without a ruling.
struct PlatformClosed {
  static constexpr std::string_view kName = "platform_closed";
};

using DisputeEvent =
    std::variant<RecordContact, BeginInvestigation, AddEvidence, ProposeOptions, PresentOptions,
                 AcceptOption, DeclineOptions, RuleForBuyer, RuleForShop, RecordExecution, Resolve,
                 Withdraw, RecordRefundGiven, RecordRefundEnded, DeadlineReached,
                 PlatformIntervened, PlatformRuledForBuyer, PlatformRuledForShop, PlatformClosed,
                 JoinReview>;

std::string_view NameOf(const DisputeEvent& event);

}  // namespace redress::workflows::dispute
