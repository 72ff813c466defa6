#include "services/aftersales/domain/compensation.h"

#include <array>
#include <stdexcept>

#include "services/platform/base/money.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::aftersales {
namespace {

template <class Value>
struct Named {
  Value value;
  std::string_view name;
};
constexpr std::array<Named<CompensationKind>, 2> kKinds{{
    {CompensationKind::kMoney, "money"},
    {CompensationKind::kCoupon, "coupon"},
}};
constexpr std::array<Named<CompensationState>, 8> kStates{{
    {CompensationState::kWaiting, "waiting"},
    {CompensationState::kGranted, "granted"},
    {CompensationState::kUnderWay, "under_way"},
    {CompensationState::kUnknown, "unknown"},
    {CompensationState::kGiven, "given"},
    {CompensationState::kFailed, "failed"},
    {CompensationState::kDeclined, "declined"},
    {CompensationState::kCancelled, "cancelled"},
}};

template <class Names, class Value>
std::string_view NameIn(const Names& names, Value value) {
  for (const auto& one : names) {
    if (one.value == value) return one.name;
  }
  return "";
}

template <class Names>
auto ValueIn(const Names& names, std::string_view name) {
  for (const auto& one : names) {
    if (one.name == name) return one.value;
  }
  throw std::runtime_error("a compensation's step says `" + std::string(name) + "`");
}

}  // namespace

void CompensationBudget::Take(std::int64_t amount, std::int64_t limit, std::int64_t now_us) {
  spent += amount;
  cap = limit;
  updated_at = now_us;
}

void CompensationBudget::GiveBack(std::int64_t amount, std::int64_t now_us) {
  spent -= amount;
  updated_at = now_us;
}

std::string Told(const Compensation& one) {
  return std::string(NameOf(one.kind)) + " " +
         platform::ToString(platform::Money{one.currency, one.amount}) + " for " + one.reason +
         ", " + std::string(NameOf(one.state)) + " at step " + std::to_string(one.version) + ", " +
         MonthText(one.month) + " of " + platform::ToString(one.offered_by) + ", decided by " +
         platform::ToString(one.decided_by) + ", taken by " + platform::ToString(one.taken_by) +
         ", given at step " + std::to_string(one.given_at_step) + ", reference " +
         one.payment_reference + ", " + one.why + ", from " + std::to_string(one.created_at) +
         " to " + std::to_string(one.updated_at);
}

std::string_view NameOf(CompensationKind kind) { return NameIn(kKinds, kind); }
CompensationKind CompensationKindOf(std::string_view name) { return ValueIn(kKinds, name); }
std::string_view NameOf(CompensationState state) { return NameIn(kStates, state); }
CompensationState CompensationStateOf(std::string_view name) { return ValueIn(kStates, name); }

std::int32_t MonthOfDay(std::int64_t day) {
  const std::string text = platform::DayText(day);  // 2026-11-28
  return std::stoi(text.substr(0, 4)) * 100 + std::stoi(text.substr(5, 2));
}

std::string MonthText(std::int32_t month) {
  const std::string two = std::to_string(100 + month % 100).substr(1);
  return std::to_string(month / 100) + "-" + two;
}

}  // namespace redress::aftersales
