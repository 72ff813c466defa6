// The facts of customers in the service's schema: many rows per statement.
#pragma once

#include <functional>
#include <span>

#include "services/customer/domain/intake.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

class MysqlFactBook final : public FactBook {
 public:
  explicit MysqlFactBook(platform::Connection& connection) : connection_(connection) {}

  FactMap<OrderFact, OrderId> Orders(std::span<const FactKey<OrderId>> keys) override;
  FactMap<CaseFact, CaseId> Cases(std::span<const FactKey<CaseId>> keys) override;
  FactMap<ConversationFact, ConversationId> Conversations(
      std::span<const FactKey<ConversationId>> keys) override;
  FactMap<AdjustmentFact, AdjustmentId> Adjustments(
      std::span<const FactKey<AdjustmentId>> keys) override;

  void Create(std::span<const OrderFact* const> facts) override;
  void Create(std::span<const CaseFact* const> facts) override;
  void Create(std::span<const ConversationFact* const> facts) override;
  void Create(std::span<const AdjustmentFact* const> facts) override;
  void Overwrite(std::span<const OrderFact* const> facts) override;
  void Overwrite(std::span<const CaseFact* const> facts) override;
  void Overwrite(std::span<const ConversationFact* const> facts) override;
  void Overwrite(std::span<const AdjustmentFact* const> facts) override;

  void Apply(const FigureChanges& changes, std::int64_t now_us) override;

 private:
  void ReadCoupons(FactMap<CaseFact, CaseId>& cases);
  void WriteCoupons(std::span<const CaseFact* const> facts);

  platform::Connection& connection_;
  // The cases that are locked and have coupons, as they were read.
  FactMap<CaseFact, CaseId> with_coupons_;
};

class MysqlFactRepository final : public FactRepository {
 public:
  explicit MysqlFactRepository(platform::Pool& pool) : pool_(pool) {}

  void InTransaction(const std::function<void(FactBook&)>& body) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::customer
