#pragma once

#include "services/aftersales/domain/agent_repository.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlAgentRepository final : public AgentRepository {
 public:
  explicit SqlAgentRepository(platform::Pool& pool) : pool_(pool) {}

  std::vector<Agent> List(const AgentQuery& query) override;
  Agent Update(const AgentChange& change, const WriteRequest& request, std::uint32_t version,
               const AgentProfile& profile) override;
  Agent SetShift(const AgentChange& change, const WriteRequest& request,
                 const Shift& shift) override;
  std::vector<ShopId> ShopsOnShift(std::int64_t now_us, ShopId after, std::size_t limit) override;
  std::vector<Agent> OnShift(ShopId shop, std::int64_t now_us, std::size_t limit) override;
  std::map<CaseId, std::set<AccountId>> EarlierAssignees(ShopId shop,
                                                         std::span<const CaseId> cases) override;
  std::map<CustomerId, AccountId> AssigneesOf(ShopId shop,
                                              std::span<const CustomerId> customers) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
