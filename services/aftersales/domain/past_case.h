#pragma once

// Cases that were closed before Redress. They are recorded, not decided: every activity of the
// source becomes a step with the source's own time, made by `import` under workflow version 0, and
// the case is final. The steps are chained like all others, so that a history still proves itself;
// nothing can be replayed, since no machine has made them.
//
// The opening step says in its JSON where the case comes from and what it is about; each step has
// the activity, the agent's name as the source has it, and the source's further details.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "services/aftersales/domain/stepper.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {

// The one state of a case that came from elsewhere, unless the buyer took it back.
inline constexpr std::string_view kImportedState = "Imported";
inline constexpr std::string_view kWithdrawnState = "Withdrawn";

enum class PastOutcome : std::uint8_t {
  kByLastStep = 0,  // resolved where the last step completes the case
  kSettled = 1,
  kReplaced = 2,
  kResolved = 3,
  kWithdrawn = 4,
  kNone = 5,
};

struct PastStep {
  std::string activity;
  std::int64_t applied_at = 0;
  std::string agent;  // the source's name
  std::string text;
  bool completes = false;
  std::vector<std::pair<std::string, std::string>> details;
  AccountId account;  // that the agent has here; 0: none
};

// As the source tells it.
struct PastCase {
  std::string source;
  std::string source_number;
  std::string kind;
  std::string platform;
  std::string order_number;
  std::string line_number;
  std::string buyer_nick;
  std::string currency;
  std::int64_t amount_asked = 0;
  std::int64_t amount_settled = 0;
  workflows::refund::Variant variant = workflows::refund::Variant::kRefundOnly;
  std::int32_t quantity = 0;
  std::int32_t stars = 0;
  std::string reason;
  bool platform_intervened = false;
  PastOutcome outcome = PastOutcome::kByLastStep;
  std::string agent;
  AccountId account;  // that `agent` has here
  std::vector<PastStep> steps;
  platform::Digest digest{};  // of all of it, texts by their keyed hash
};

// Where it belongs in this house.
struct PastPlace {
  ShopId shop;
  CaseId id;
  std::uint64_t number = 0;
  std::optional<LineFacts> line;  // as the order service gave it just now; none for no order
  CustomerId customer;
};

// What of a refund's amount the line's ledger took; the rest was paid beyond what it had left.
struct PastShare {
  std::int64_t settled = 0;
  std::int64_t shortfall = 0;
};

// The rows of a case that was closed elsewhere.
struct RecordedPast {
  Case after;
  std::vector<Step> steps;
  std::vector<TextRow> texts;
};

// What cannot be recorded: times that are not there yet, amounts without a currency, stars of a
// case that is no review, steps whose details do not fit. Nothing where all is well.
std::optional<platform::FieldViolation> Judge(const PastCase& past, std::int64_t now_us);

// Steps of one time follow each other by a microsecond.
RecordedPast Record(const PastCase& past, const PastPlace& place, const PastShare& share);

// What of `amount`, refunded elsewhere, a line's ledger row takes; changes the row. What the order
// service knows to have been refunded is in the ceiling already: only what goes beyond it counts.
// `imported` is what imports have brought of the line so far, and is brought up to date.
PastShare TakeFromLine(LedgerRow& row, std::int64_t amount, std::int64_t refunded_elsewhere,
                       std::int64_t& imported);

// FAILED_PRECONDITION, reason CASE_IMPORTED: a case of the past takes no step.
platform::Refusal ImportedAlready(const Case& current);

}  // namespace redress::aftersales
