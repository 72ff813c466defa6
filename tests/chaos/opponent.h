#pragma once

// One thread of many that work the same refunds and disputes against each other: whatever one of
// them may do with a case just now, it does, whoever else is at it.

#include <redress/aftersales/v1/case_service.pb.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "tests/chaos/caller.h"

namespace redress::chaos {

namespace aftersales = redress::aftersales::v1;

// The cases that are fought over; those that others open join them. Thread-safe.
class Arena {
 public:
  void Add(const std::string& case_id);
  std::string Pick(std::mt19937_64& random) const;
  std::vector<std::string> All() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> cases_;
};

class Opponent {
 public:
  Opponent(Caller& caller, Arena& arena, std::uint64_t seed)
      : caller_(caller), arena_(arena), random_(seed) {}

  void Fight(const std::atomic<bool>& stop);
  std::uint64_t applied() const { return applied_; }

 private:
  void Move();
  // False for an event that nobody sends by hand.
  bool Fill(const std::string& event, const aftersales::Case& now,
            aftersales::ApplyStepRequest& request);
  bool FillRefund(const std::string& event, aftersales::RefundEvent& to);
  bool FillDispute(const std::string& event, aftersales::DisputeEvent& to);
  void RecordPayment(const aftersales::Case& now);
  bool OneIn(unsigned chances) { return random_() % chances == 0; }

  Caller& caller_;
  Arena& arena_;
  std::mt19937_64 random_;
  std::uint64_t applied_ = 0;
};

}  // namespace redress::chaos
