#pragma once

// Agents as they are stored, and what giving cases to them needs to know of the cases.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "services/aftersales/domain/agent.h"
#include "services/aftersales/domain/request.h"

namespace redress::aftersales {

// Which agents of one shop, by account; with their open cases.
struct AgentQuery {
  ShopId shop;
  std::string team;  // empty: of any
  AccountId after;
  std::size_t limit = 50;
};

// Who changes what, of whom.
struct AgentChange {
  ShopId shop;
  AccountId account;
  AccountId by;
  std::int64_t now_us = 0;
};

class AgentRepository {
 public:
  virtual ~AgentRepository() = default;

  virtual std::vector<Agent> List(const AgentQuery& query) = 0;
  // Both answer a repeat with the agent as it is now, without a change. Update throws ABORTED for
  // another version than the stored one.
  virtual Agent Update(const AgentChange& change, const WriteRequest& request,
                       std::uint32_t version, const AgentProfile& profile) = 0;
  virtual Agent SetShift(const AgentChange& change, const WriteRequest& request,
                         const Shift& shift) = 0;

  // Shops in which somebody is on shift, above `after`.
  virtual std::vector<ShopId> ShopsOnShift(std::int64_t now_us, ShopId after,
                                           std::size_t limit) = 0;
  // With their open cases; at most `limit`.
  virtual std::vector<Agent> OnShift(ShopId shop, std::int64_t now_us, std::size_t limit) = 0;
  // Everybody who has had each case.
  virtual std::map<CaseId, std::set<AccountId>> EarlierAssignees(ShopId shop,
                                                                 std::span<const CaseId> cases) = 0;
  // Who works each customer's newest open case, where somebody does.
  virtual std::map<CustomerId, AccountId> AssigneesOf(ShopId shop,
                                                      std::span<const CustomerId> customers) = 0;
};

}  // namespace redress::aftersales
