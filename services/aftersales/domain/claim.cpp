#include "services/aftersales/domain/claim.h"

#include <chrono>

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

constexpr std::size_t kCandidates = 50;

// Somebody else was faster with this one.
bool IsTaken(const Refusal& refusal) {
  return refusal.reason() == "ASSIGNEE_CHANGED" || refusal.reason() == "CASE_FINAL";
}

Answer Claim(CaseEngine& engine, const Command& claim, CaseId of) {
  auto command = std::make_unique<Command>(claim);
  command->case_id = of;
  command->body = AssignTo{claim.sender.account, AccountId{}};
  return engine.Apply(std::move(command));
}

}  // namespace

std::optional<Answer> ClaimNext(CaseRepository& cases, CaseEngine& engine, const Command& claim,
                                const std::string& state) {
  if (const auto earlier = cases.FindByRequest(claim.shop, claim.origin, claim.request_id)) {
    return Claim(engine, claim, *earlier);
  }
  CaseQuery query;
  query.shop = claim.shop;
  query.assignee = AccountId{};
  query.state = state;
  query.limit = kCandidates;
  while (std::chrono::steady_clock::now() < claim.expires) {
    const std::vector<Case> candidates = cases.List(query);
    if (candidates.empty()) return std::nullopt;
    for (const Case& candidate : candidates) {
      try {
        return Claim(engine, claim, candidate.id);
      } catch (const Refusal& refusal) {
        if (!IsTaken(refusal)) throw;
      }
    }
  }
  throw Refusal(Code::kResourceExhausted, "QUEUE_CONTENDED",
                "Colleagues took every case that was tried; try again.")
      .RetryAfter(100 * platform::kMillisecondUs);
}

}  // namespace redress::aftersales
