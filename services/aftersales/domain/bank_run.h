#pragma once

// A bank run: payments of one currency that go to the bank as one file. Amounts are minor units,
// times UTC microseconds, 0 for none.

#include <cstdint>
#include <string>
#include <string_view>

#include "services/aftersales/domain/settlement.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {

using BankRunId = platform::StrongId<struct BankRunTag>;

inline constexpr std::size_t kMostBankPayments = 5000;
inline constexpr std::size_t kMostStrangeLines = 1000;

enum class BankRunState : std::uint8_t {
  kOpen = 1,
  kExported = 2,
  kHandedOver = 3,
  kAnswered = 4,
  kDissolved = 5,
};

struct BankRun {
  ShopId shop;
  BankRunId id;
  std::uint64_t number = 0;
  BankRunState state = BankRunState::kOpen;
  std::uint32_t version = 1;
  std::string currency;
  // Counted from the payments after each change; `payments` and `total` without those left out.
  std::uint32_t payments = 0;
  std::int64_t total = 0;
  std::uint32_t left_out = 0;
  std::uint32_t accepted = 0;
  std::uint32_t rejected = 0;
  std::uint32_t unknown = 0;
  std::uint32_t attention = 0;
  std::uint32_t strange_lines = 0;
  platform::Digest file_digest{};  // zeroes before the first export
  AccountId created_by;
  std::int64_t created_at = 0;
  std::int64_t exported_at = 0;
  std::int64_t handed_over_at = 0;
  std::int64_t answer_due_at = 0;
  std::int64_t updated_at = 0;

  std::uint32_t Waiting() const { return payments - accepted - rejected - unknown; }
  // Its file was made and not given up: its payments may be under way.
  bool IsOut() const {
    return state == BankRunState::kExported || state == BankRunState::kHandedOver ||
           state == BankRunState::kAnswered;
  }
};

enum class BankPaymentState : std::uint8_t {
  kWaiting = 1,
  kAccepted = 2,
  kRejected = 3,
  kUnknown = 4,
  kLeftOut = 5,
};

// What the payment's case still has to be told.
enum class BankTell : std::uint8_t {
  kNothing = 0,
  kResult = 1,  // what the bank said
  kStop = 2,    // something does not fit: pay no further, and call finance
};

struct BankPayment {
  ShopId shop;
  BankRunId run;
  std::uint32_t position = 0;  // from 1
  CaseId case_id;
  std::uint32_t attempt = 0;
  bool claims = true;  // no other run may take this attempt
  std::uint64_t case_number = 0;
  OrderId order;
  std::int64_t amount = 0;
  std::string platform;
  std::string order_number;
  BankPaymentState state = BankPaymentState::kWaiting;
  std::string bank_reference;
  std::string reason;
  std::string attention;  // why a person has to look; see attention:: below
  std::string attention_detail;
  std::int64_t answered_at = 0;
  BankTell tell = BankTell::kNothing;
  std::uint32_t tell_number = 0;  // counts what was to be told
  std::int64_t tell_at = 0;       // when it is due to be told; 0 when there is nothing

  friend bool operator==(const BankPayment&, const BankPayment&) = default;
};

// A line of a result file that is about no payment of its run, as it stands there.
struct StrangeBankLine {
  std::uint32_t line = 0;
  std::string reference;
  std::string amount;
  std::string currency;
  std::string result;
  std::string bank_reference;
  std::int64_t created_at = 0;
};

// Stable words; the contract explains them.
namespace attention {
inline constexpr std::string_view kAmountDiffers = "AMOUNT_DIFFERS";
inline constexpr std::string_view kCurrencyDiffers = "CURRENCY_DIFFERS";
inline constexpr std::string_view kResultContradicts = "RESULT_CONTRADICTS";
inline constexpr std::string_view kAcceptedTwice = "ACCEPTED_TWICE";
inline constexpr std::string_view kPaidUnasked = "PAID_UNASKED";
inline constexpr std::string_view kCalledOff = "CALLED_OFF";
inline constexpr std::string_view kCaseContradicts = "CASE_CONTRADICTS";
}  // namespace attention

// The payment's end-to-end reference: the case's id, a hyphen, the attempt; at most 31 characters
// (ISO 20022 allows 35).
std::string ReferenceOf(const BankPayment& payment);

// Whether the payment may go out: its settlement still waits for this very attempt.
bool IsPayable(const Settlement& settlement, const BankPayment& payment);

}  // namespace redress::aftersales
