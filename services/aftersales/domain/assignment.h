#pragma once

// Who is given which of nobody's cases: a pure decision over what was read.

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "services/aftersales/domain/agent.h"

namespace redress::aftersales {

struct WaitingCase {
  CaseId id;
  std::uint32_t version = 0;
  std::string kind;
  CustomerId customer;               // 0: of no known one
  std::set<AccountId> earlier = {};  // who had it before and is not given it again
};

struct Assignment {
  CaseId id;
  std::uint32_t version = 0;
  AccountId to;
};

// In the order of `waiting`, which is that of the queue. A customer who has an open case stays with
// its agent, also above the cap, as long as that agent is on shift and has the skill; else the
// agent with the skill and the fewest open cases gets it, below the cap only. Who already had a
// case is not given it again. What nobody may be given is left out.
std::vector<Assignment> Assign(std::span<const WaitingCase> waiting,
                               std::span<const Agent> on_shift,
                               std::map<CustomerId, AccountId> agents_of_customers);

}  // namespace redress::aftersales
