#include "services/aftersales/domain/automatic_assignment.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/many_commands.h"

namespace redress::aftersales {
namespace {

constexpr std::size_t kShopsAtOnce = 500;
constexpr std::size_t kMostOnShift = 1000;
constexpr std::size_t kPageOfCases = 100;
// What lies deeper in nobody's queue waits for the next round.
constexpr int kMostPages = 10;

std::unique_ptr<Command> CommandFor(ShopId shop, const Assignment& assignment) {
  auto command = std::make_unique<Command>();
  command->shop = shop;
  command->case_id = assignment.id;
  command->origin = Origin::kTimer;
  command->request_id =
      "assign:" + platform::ToString(assignment.id) + ":" + std::to_string(assignment.version);
  command->sender.kind = workflows::ActorKind::kService;
  command->sender.client = "redress-aftersales";
  command->body = AssignTo{assignment.to, AccountId{}};
  return command;
}

// Somebody claimed the case, or it ended, in the meantime.
bool IsTaken(const platform::Refusal& refusal) {
  return refusal.reason() == "ASSIGNEE_CHANGED" || refusal.reason() == "CASE_FINAL";
}

bool AnyHasRoom(const std::vector<Agent>& agents) {
  return std::any_of(agents.begin(), agents.end(), [](const Agent& agent) {
    return agent.open_cases < agent.profile.most_open_cases;
  });
}

}  // namespace

void AssignmentNotices::Add(ShopId shop) {
  const std::lock_guard lock(mutex_);
  shops_.insert(shop);
}

void AssignmentNotices::Add(const Decision& decision) {
  for (const Case& one : decision.changes.cases) {
    if (one.final || !one.assignee) Add(one.shop);
  }
}

std::set<ShopId> AssignmentNotices::Take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(shops_, {});
}

bool AssignmentNotices::IsEmpty() const {
  const std::lock_guard lock(mutex_);
  return shops_.empty();
}

AutomaticAssignment::AutomaticAssignment(Options options, AssignmentNotices& notices,
                                         AgentRepository& agents, CaseRepository& cases,
                                         CaseEngine& engine, const platform::Clock& clock)
    : options_(std::move(options)),
      notices_(notices),
      agents_(agents),
      cases_(cases),
      engine_(engine),
      clock_(clock) {}

bool AutomaticAssignment::Round() {
  const std::int64_t now_us = clock_.NowUs();
  for (const ShopId shop : ShopsToLookAt(now_us)) AssignIn(shop, now_us);
  return !notices_.IsEmpty();
}

std::set<ShopId> AutomaticAssignment::ShopsToLookAt(std::int64_t now_us) {
  std::set<ShopId> shops = notices_.Take();
  if (now_us < sweep_at_us_) return shops;
  sweep_at_us_ = now_us + options_.sweep_every_us;
  ShopId after{};
  for (;;) {
    const std::vector<ShopId> page = agents_.ShopsOnShift(now_us, after, kShopsAtOnce);
    shops.insert(page.begin(), page.end());
    if (page.size() < kShopsAtOnce) return shops;
    after = page.back();
  }
}

void AutomaticAssignment::AssignIn(ShopId shop, std::int64_t now_us) {
  CaseQuery query;
  query.shop = shop;
  query.assignee = AccountId{};
  query.limit = kPageOfCases;
  for (int pages = 0; pages < kMostPages; ++pages) {
    // Read again for every page, since the page before has filled them.
    const std::vector<Agent> on_shift = OnShift(shop, now_us);
    if (on_shift.empty()) return;
    // Above the cap only a customer's own agent gets a case: the most urgent page is enough then.
    if (pages > 0 && !AnyHasRoom(on_shift)) return;
    const std::vector<Case> page = cases_.List(query);
    if (page.empty()) return;
    Apply(shop, Assign(Waiting(shop, page), on_shift, AgentsOf(shop, page)));
    if (page.size() < kPageOfCases) return;
    const Case& last = page.back();
    query.after = {last.priority, last.due_at, last.id};
  }
}

std::vector<Agent> AutomaticAssignment::OnShift(ShopId shop, std::int64_t now_us) {
  std::vector<Agent> agents = agents_.OnShift(shop, now_us, kMostOnShift);
  std::erase_if(agents, [&](const Agent& one) { return !options_.works_here(shop, one.account); });
  return agents;
}

std::vector<WaitingCase> AutomaticAssignment::Waiting(ShopId shop, const std::vector<Case>& page) {
  std::vector<CaseId> ids;
  ids.reserve(page.size());
  for (const Case& one : page) ids.push_back(one.id);
  auto earlier = agents_.EarlierAssignees(shop, ids);
  std::vector<WaitingCase> waiting;
  waiting.reserve(page.size());
  for (const Case& one : page) {
    waiting.push_back(
        {one.id, one.version, std::string(KindOf(one)), one.customer, std::move(earlier[one.id])});
  }
  return waiting;
}

std::map<CustomerId, AccountId> AutomaticAssignment::AgentsOf(ShopId shop,
                                                              const std::vector<Case>& page) {
  std::vector<CustomerId> customers;
  for (const Case& one : page) {
    if (one.customer) customers.push_back(one.customer);
  }
  return agents_.AssigneesOf(shop, customers);
}

void AutomaticAssignment::Apply(ShopId shop, const std::vector<Assignment>& assignments) {
  std::vector<std::unique_ptr<Command>> commands;
  commands.reserve(assignments.size());
  for (const Assignment& one : assignments) commands.push_back(CommandFor(shop, one));
  for (const Verdict& verdict : ApplyMany(engine_, std::move(commands))) {
    try {
      AnswerOf(verdict, "");
    } catch (const platform::Refusal& refusal) {
      if (!IsTaken(refusal) && options_.on_failure) options_.on_failure(refusal);
    } catch (const std::exception& error) {
      if (options_.on_failure) options_.on_failure(error);
    }
  }
}

}  // namespace redress::aftersales
