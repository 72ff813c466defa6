#pragma once

// Money or a coupon given to a buyer outside a refund, on any kind of case, and the budget that it
// is taken from. A compensation is known by its case and the sequence of the step that offered it:
// one step, one row, so that no race and no crash makes two of them. Amounts are minor units.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/case.h"

namespace redress::aftersales {

enum class CompensationKind : std::uint8_t { kMoney = 1, kCoupon = 2 };

// As stored. Up to kUnknown it is open and holds its part of the budget.
enum class CompensationState : std::uint8_t {
  kWaiting = 1,   // for a supervisor who is somebody else
  kGranted = 2,   // to be paid or issued
  kUnderWay = 3,  // somebody pays or issues it: from now on only the result counts
  kUnknown = 4,   // nobody knows whether it was; has to be found out before anything else is given
  kGiven = 5,
  kFailed = 6,
  kDeclined = 7,
  kCancelled = 8,
};
inline bool IsOpen(CompensationState state) { return state <= CompensationState::kUnknown; }

struct Compensation {
  ShopId shop;
  CaseId case_id;
  std::uint32_t number = 0;  // the step that offered it
  std::uint64_t case_number = 0;
  OrderId order;
  CustomerId customer;
  CompensationKind kind = CompensationKind::kMoney;
  CompensationState state = CompensationState::kWaiting;
  std::uint32_t version = 0;  // the last step that changed it
  std::string currency;
  std::int64_t amount = 0;
  std::string reason;               // from the shop's list
  std::int32_t month = 0;           // whose budget it is taken from, 202611 for November 2026
  AccountId offered_by;             // and from whose
  AccountId decided_by;             // the supervisor; 0 where none was needed, or none has decided
  AccountId taken_by;               // who pays or issues it
  std::uint32_t given_at_step = 0;  // whose sealed text is the coupon's code
  std::string payment_reference;    // of money that was given
  std::string why;                  // it failed, or nobody knows
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
};

// What one person may still give in one month: the one row that holds the limit. A CHECK stands
// behind it.
struct CompensationBudget {
  ShopId shop;
  std::int32_t month = 0;
  AccountId account;
  std::string currency;
  std::int64_t cap = 0;    // the limit in force when something was last taken
  std::int64_t spent = 0;  // of all that was neither declined, cancelled nor failed
  std::int64_t updated_at = 0;

  // Takes the amount, under the limit in force. Only after Leaves() said that there is room: where
  // it was not asked, the row's CHECK refuses what this makes of it. A limit that is lowered below
  // what is spent takes nothing, hence changes no row.
  void Take(std::int64_t amount, std::int64_t limit, std::int64_t now_us);
  void GiveBack(std::int64_t amount, std::int64_t now_us);
  // What is left under a limit; 0 where it was lowered below what is spent.
  std::int64_t Leaves(std::int64_t limit) const { return limit > spent ? limit - spent : 0; }
};

// The same in words, for saying where two accounts of one compensation differ.
std::string Told(const Compensation& one);

// Values as they are written in steps, and back: throw std::runtime_error for a name that no
// version has written.
std::string_view NameOf(CompensationKind kind);
CompensationKind CompensationKindOf(std::string_view name);
std::string_view NameOf(CompensationState state);
CompensationState CompensationStateOf(std::string_view name);

// The month of a day that is counted from 1970-01-01, and as people write it: "2026-11".
std::int32_t MonthOfDay(std::int64_t day);
std::string MonthText(std::int32_t month);

// What is asked of one case. `month` is the shop's calendar month in which it was asked.
struct OfferCompensation {
  CompensationKind kind = CompensationKind::kMoney;
  std::int64_t amount = 0;
  std::string currency;
  std::string reason;
  std::int32_t month = 0;
};
enum class CompensationAct : std::uint8_t { kApprove, kDecline, kCancel, kBegin, kRecord };
struct MoveCompensation {
  std::uint32_t number = 0;
  std::uint32_t version = 0;  // that the caller saw; 0 for whichever
  CompensationAct act = CompensationAct::kApprove;
  CompensationState result = CompensationState::kGiven;  // of kRecord: given, failed or unknown
  std::string payment_reference;
  std::string why;
};

}  // namespace redress::aftersales
