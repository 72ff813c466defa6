#pragma once

// One thread of load: orders come in, and their cases are worked along their whole life, most of
// them to the end, some left to the timer, with a few calls that have to be refused.

#include <atomic>
#include <cstdint>
#include <functional>
#include <random>
#include <string>

#include "tests/chaos/caller.h"
#include "tests/e2e/shop.h"

namespace redress::chaos {

namespace aftersales = redress::aftersales::v1;
namespace order = redress::order::v1;

class Clerk {
 public:
  // `name` is part of the order numbers and nicks that this clerk makes.
  Clerk(e2e::Stack& stack, e2e::Shop& shop, Caller& caller, std::string name, std::uint64_t seed);

  // Works cases until told to stop; the case in hand is finished first.
  void Work(const std::atomic<bool>& stop);

 private:
  using SetEvent = std::function<void(aftersales::RefundEvent&)>;

  void WorkOneCase();
  // Lives of cases.
  void RefundOnly();
  void ReturnAndRefund();
  void RejectAndWithdraw();
  void FailInspection();
  void RefundLargeAmount();
  void LeaveToTheTimer();

  // Moves.
  order::Order PushOrder(std::int64_t paid_minor);
  void PushAgain(const order::OrderInput& pushed);
  void Open(aftersales::RefundVariant variant, std::int64_t amount_minor);
  void Apply(const std::string& role, const SetEvent& set, Expect expect = Expect::kAnswer);
  void Assign();
  void Approve(std::int64_t amount_minor);
  void ApplyToStaleVersion();
  aftersales::WarehouseTask Claim();
  void Receive();
  void Inspect(int good);
  void Settle(std::uint32_t attempts = 1);
  void SettleOnceMore();
  void FollowUp();
  void Refresh();
  void RequireUnchangedState();
  bool Chance(int percent);

  e2e::Stack& stack_;
  e2e::Shop& shop_;
  Caller& caller_;
  const std::string name_;
  std::mt19937_64 random_;
  int orders_ = 0;
  aftersales::Case case_;  // the one in hand, as last told
};

}  // namespace redress::chaos
