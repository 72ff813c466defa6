#pragma once

// Gives nobody's cases to agents on shift: soon after a case became nobody's or an agent became
// freer, and in a sweep over all shops, so that what another process did is seen, too. The engine
// decides between two processes and the people who claim at the same moment.

#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <vector>

#include "services/aftersales/domain/agent_repository.h"
#include "services/aftersales/domain/assignment.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

// Shops in which a case became nobody's, or an agent became freer, since they were taken last.
// Thread-safe.
class AssignmentNotices {
 public:
  void Add(ShopId shop);
  // For what a batch has changed.
  void Add(const Decision& decision);
  std::set<ShopId> Take();
  bool IsEmpty() const;

 private:
  mutable std::mutex mutex_;
  std::set<ShopId> shops_;
};

class AutomaticAssignment {
 public:
  struct Options {
    // Whether the account still works cases in the shop.
    std::function<bool(ShopId, AccountId)> works_here;
    std::function<void(const std::exception&)> on_failure = nullptr;
    std::int64_t sweep_every_us = 30 * platform::kSecondUs;
  };

  // References outlive it.
  AutomaticAssignment(Options options, AssignmentNotices& notices, AgentRepository& agents,
                      CaseRepository& cases, CaseEngine& engine, const platform::Clock& clock);

  // One look at each shop that was noticed; true when more were noticed meanwhile.
  bool Round();

 private:
  std::set<ShopId> ShopsToLookAt(std::int64_t now_us);
  void AssignIn(ShopId shop, std::int64_t now_us);
  std::vector<Agent> OnShift(ShopId shop, std::int64_t now_us);
  std::vector<WaitingCase> Waiting(ShopId shop, const std::vector<Case>& page);
  std::map<CustomerId, AccountId> AgentsOf(ShopId shop, const std::vector<Case>& page);
  void Apply(ShopId shop, const std::vector<Assignment>& assignments);

  const Options options_;
  AssignmentNotices& notices_;
  AgentRepository& agents_;
  CaseRepository& cases_;
  CaseEngine& engine_;
  const platform::Clock& clock_;
  std::int64_t sweep_at_us_ = 0;
};

}  // namespace redress::aftersales
