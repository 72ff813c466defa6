#include "services/aftersales/domain/assignment.h"

namespace redress::aftersales {
namespace {

bool MayHave(const Agent& agent, const WaitingCase& waiting) {
  return agent.HasSkill(waiting.kind) && !waiting.earlier.contains(agent.account);
}

Agent* Find(std::vector<Agent>& agents, AccountId account) {
  const auto found = std::find_if(agents.begin(), agents.end(),
                                  [&](const Agent& agent) { return agent.account == account; });
  return found == agents.end() ? nullptr : &*found;
}

Agent* FreestFor(std::vector<Agent>& agents, const WaitingCase& waiting) {
  Agent* freest = nullptr;
  for (Agent& agent : agents) {
    if (!MayHave(agent, waiting) || agent.open_cases >= agent.profile.most_open_cases) continue;
    if (freest == nullptr || agent.open_cases < freest->open_cases) freest = &agent;
  }
  return freest;
}

}  // namespace

std::vector<Assignment> Assign(std::span<const WaitingCase> waiting,
                               std::span<const Agent> on_shift,
                               std::map<CustomerId, AccountId> agents_of_customers) {
  std::vector<Agent> agents(on_shift.begin(), on_shift.end());
  std::vector<Assignment> assignments;
  for (const WaitingCase& one : waiting) {
    const auto known = agents_of_customers.find(one.customer);
    Agent* chosen = known == agents_of_customers.end() ? nullptr : Find(agents, known->second);
    if (chosen == nullptr || !MayHave(*chosen, one)) chosen = FreestFor(agents, one);
    if (chosen == nullptr) continue;
    ++chosen->open_cases;
    if (one.customer) agents_of_customers[one.customer] = chosen->account;
    assignments.push_back({one.id, one.version, chosen->account});
  }
  return assignments;
}

}  // namespace redress::aftersales
