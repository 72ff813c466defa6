// Takes what the events tell into the facts and figures of customers. Facts and figures change in
// one transaction; an event that is known, late or repeated changes nothing.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "services/customer/domain/contribution.h"
#include "services/customer/domain/facts.h"
#include "services/platform/base/clock.h"

namespace redress::customer {

// Facts of one event each, in any order.
struct FactBatch {
  std::vector<OrderFact> orders;
  std::vector<CaseFact> cases;
  std::vector<ConversationFact> conversations;
  std::vector<AdjustmentFact> adjustments;

  std::size_t size() const {
    return orders.size() + cases.size() + conversations.size() + adjustments.size();
  }
};

template <class Id>
using FactKey = std::pair<ShopId, Id>;
template <class Fact, class Id>
using FactMap = std::map<FactKey<Id>, Fact>;

// One transaction over the facts.
class FactBook {
 public:
  virtual ~FactBook() = default;

  // Those that are known, locked until the transaction ends; the keys ascend.
  virtual FactMap<OrderFact, OrderId> Orders(std::span<const FactKey<OrderId>> keys) = 0;
  virtual FactMap<CaseFact, CaseId> Cases(std::span<const FactKey<CaseId>> keys) = 0;
  virtual FactMap<ConversationFact, ConversationId> Conversations(
      std::span<const FactKey<ConversationId>> keys) = 0;
  virtual FactMap<AdjustmentFact, AdjustmentId> Adjustments(
      std::span<const FactKey<AdjustmentId>> keys) = 0;

  // New facts and those that are locked. When somebody else has just made a new one, the
  // transaction is run again.
  virtual void Create(std::span<const OrderFact* const> facts) = 0;
  virtual void Create(std::span<const CaseFact* const> facts) = 0;
  virtual void Create(std::span<const ConversationFact* const> facts) = 0;
  virtual void Create(std::span<const AdjustmentFact* const> facts) = 0;
  virtual void Overwrite(std::span<const OrderFact* const> facts) = 0;
  virtual void Overwrite(std::span<const CaseFact* const> facts) = 0;
  virtual void Overwrite(std::span<const ConversationFact* const> facts) = 0;
  virtual void Overwrite(std::span<const AdjustmentFact* const> facts) = 0;

  // Changes the figures, and makes everybody whose figures change due to be judged again.
  virtual void Apply(const FigureChanges& changes, std::int64_t now_us) = 0;
};

class FactRepository {
 public:
  virtual ~FactRepository() = default;
  // Runs body in one transaction. It may run several times.
  virtual void InTransaction(const std::function<void(FactBook&)>& body) = 0;
};

// Thread-safe; both outlive it.
class FactIntake {
 public:
  FactIntake(FactRepository& repository, const platform::Clock& clock)
      : repository_(repository), clock_(clock) {}

  void Take(const FactBatch& batch);

 private:
  FactRepository& repository_;
  const platform::Clock& clock_;
};

}  // namespace redress::customer
