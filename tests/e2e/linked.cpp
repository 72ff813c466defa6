#include "tests/e2e/linked.h"

#include <chrono>
#include <stdexcept>

#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

constexpr std::chrono::seconds kSoon(30);

aftersales::GetCaseResponse Read(Shop& shop, const std::string& case_id) {
  aftersales::GetCaseRequest request;
  request.set_case_id(case_id);
  return shop.As("agent").Call<aftersales::GetCaseResponse>(request);
}

}  // namespace

aftersales::LinkedCase AwaitLinked(Shop& shop, const std::string& case_id,
                                   aftersales::CaseRelation relation) {
  aftersales::LinkedCase found;
  const auto is_there = [&] {
    const auto answer = Read(shop, case_id);
    for (const auto& link : answer.links()) {
      if (link.relation() != relation) continue;
      found = link;
      return true;
    }
    return false;
  };
  if (!test::WaitFor(is_there, kSoon)) {
    throw std::runtime_error("case " + case_id + " has no link of that kind");
  }
  return found;
}

aftersales::Case AwaitState(Shop& shop, const std::string& case_id, const std::string& state) {
  if (!test::WaitFor([&] { return shop.Get(case_id).state() == state; }, kSoon)) {
    throw std::runtime_error("case " + case_id + " is " + shop.Get(case_id).state() + ", not " +
                             state);
  }
  return shop.Get(case_id);
}

std::string EscalatedDispute(Shop& shop, const std::string& refund_id) {
  shop.Reject(refund_id);
  shop.Apply("agent", refund_id, [](auto& event) { event.mutable_escalate_to_platform(); });
  return AwaitLinked(shop, refund_id, aftersales::CASE_RELATION_ESCALATED_TO).case_id();
}

void OfferRefund(Shop& shop, const std::string& dispute_id) {
  const auto apply = [&](const auto& set) { ApplyToDispute(shop, "agent", dispute_id, set); };
  apply([](auto& event) { event.mutable_record_contact(); });
  apply([](auto& event) { event.mutable_begin_investigation(); });
  apply([](auto& event) { event.mutable_add_evidence()->set_kind("chat"); });
  apply([](auto& event) {
    event.mutable_propose_options()->set_refund_minor(kOffered);
    event.mutable_propose_options()->set_replacement(true);
  });
  apply([](auto& event) { event.mutable_present_options(); });
}

void Accept(Shop& shop, const std::string& dispute_id, aftersales::DisputeOption option) {
  ApplyToDispute(shop, "agent", dispute_id,
                 [&](auto& event) { event.mutable_accept_option()->set_option(option); });
}

}  // namespace redress::e2e
