#include "tests/chaos/opponent.h"

#include <redress/aftersales/v1/settlement_service.pb.h>

#include <algorithm>
#include <array>

namespace redress::chaos {
namespace {

constexpr std::int64_t kAmount = 60'00;
constexpr std::size_t kFresh = 36;

}  // namespace

void Arena::Add(const std::string& case_id) {
  const std::lock_guard lock(mutex_);
  if (std::find(cases_.begin(), cases_.end(), case_id) == cases_.end()) cases_.push_back(case_id);
}

std::string Arena::Pick(std::mt19937_64& random) const {
  const std::lock_guard lock(mutex_);
  // Mostly the newest: the others have come to their ends, and are only tried now and then.
  const std::size_t among = random() % 8 == 0 ? cases_.size() : std::min(cases_.size(), kFresh);
  return cases_[cases_.size() - 1 - random() % among];
}

std::vector<std::string> Arena::All() const {
  const std::lock_guard lock(mutex_);
  return cases_;
}

void Opponent::Fight(const std::atomic<bool>& stop) {
  try {
    while (!stop) Move();
  } catch (const Caller::Abandoned&) {
    // Recorded as a violation.
  }
}

void Opponent::Move() {
  static const std::array<std::string, 4> kRoles{"agent", "supervisor", "integration", "finance"};
  const std::string& role = kRoles[random_() % kRoles.size()];
  aftersales::GetCaseRequest key;
  key.set_case_id(arena_.Pick(random_));
  const auto answer = caller_.Read<aftersales::GetCaseResponse>(role, key);
  for (const auto& link : answer.links()) arena_.Add(link.case_id());
  const aftersales::Case& now = answer.case_();
  if (role == "finance") return RecordPayment(now);
  std::vector<std::string> allowed;
  for (const auto& action : answer.actions()) {
    if (action.allowed()) allowed.push_back(action.event());
  }
  if (allowed.empty()) return;
  aftersales::ApplyStepRequest request;
  request.set_case_id(now.case_id());
  request.set_version(now.version());
  if (!Fill(allowed[random_() % allowed.size()], now, request)) return;
  if (caller_.Write<aftersales::ApplyStepResponse>(role, request, Expect::kEither)) ++applied_;
}

bool Opponent::Fill(const std::string& event, const aftersales::Case& now,
                    aftersales::ApplyStepRequest& request) {
  return now.has_dispute() ? FillDispute(event, *request.mutable_dispute())
                           : FillRefund(event, *request.mutable_refund());
}

bool Opponent::FillRefund(const std::string& event, aftersales::RefundEvent& to) {
  if (event == "approve") to.mutable_approve()->set_amount_minor(kAmount);
  if (event == "reject") to.mutable_reject()->set_reason("worn");
  if (event == "withdraw" && OneIn(6)) to.mutable_withdraw();
  if (event == "escalate_to_platform") to.mutable_escalate_to_platform();
  if (event == "accept_partial_offer") to.mutable_accept_partial_offer()->set_amount_minor(20'00);
  if (event == "accept_refusal" && OneIn(4)) to.mutable_accept_refusal();
  if (event == "rule_for_buyer" && OneIn(3)) to.mutable_rule_for_buyer()->set_amount_minor(kAmount);
  if (event == "rule_for_shop" && OneIn(3)) to.mutable_rule_for_shop();
  if (event == "record_follow_up" && OneIn(4)) to.mutable_record_follow_up()->set_score(4);
  if (event == "platform_closed" && OneIn(10)) to.mutable_platform_closed();
  if (event == "platform_intervened" && OneIn(10)) to.mutable_platform_intervened();
  if (event == "platform_succeeded" && OneIn(10)) {
    to.mutable_platform_succeeded()->set_amount_minor(kAmount);
  }
  return to.event_case() != aftersales::RefundEvent::EVENT_NOT_SET;
}

bool Opponent::FillDispute(const std::string& event, aftersales::DisputeEvent& to) {
  if (event == "record_contact") to.mutable_record_contact();
  if (event == "begin_investigation") to.mutable_begin_investigation();
  if (event == "add_evidence" && OneIn(3)) to.mutable_add_evidence()->set_kind("chat");
  if (event == "propose_options") {
    to.mutable_propose_options()->set_refund_minor(kAmount);
    to.mutable_propose_options()->set_other(true);
  }
  if (event == "present_options") to.mutable_present_options();
  if (event == "accept_option") {
    to.mutable_accept_option()->set_option(OneIn(4) ? aftersales::DISPUTE_OPTION_OTHER
                                                    : aftersales::DISPUTE_OPTION_REFUND);
  }
  if (event == "decline_options") to.mutable_decline_options();
  if (event == "rule_for_buyer") to.mutable_rule_for_buyer()->set_amount_minor(kAmount);
  if (event == "rule_for_shop") to.mutable_rule_for_shop();
  if (event == "record_execution" && OneIn(8)) to.mutable_record_execution();
  if (event == "resolve" && OneIn(4)) {
    to.mutable_resolve()->set_root_cause("quality");
    to.mutable_resolve()->set_measure("another supplier");
  }
  if (event == "withdraw" && OneIn(10)) to.mutable_withdraw();
  if (event == "platform_intervened" && OneIn(6)) to.mutable_platform_intervened();
  if (event == "platform_closed" && OneIn(12)) to.mutable_platform_closed();
  if (event == "platform_ruled_for_shop" && OneIn(12)) to.mutable_platform_ruled_for_shop();
  if (event == "platform_ruled_for_buyer" && OneIn(12)) {
    to.mutable_platform_ruled_for_buyer()->set_amount_minor(kAmount);
  }
  return to.event_case() != aftersales::DisputeEvent::EVENT_NOT_SET;
}

// As somebody would who has just seen the payment in finance's list: the first attempt is all that
// there is, unless another one was made meanwhile.
void Opponent::RecordPayment(const aftersales::Case& now) {
  if (now.state() != "Settling") return;
  aftersales::RecordSettlementResultRequest request;
  request.set_case_id(now.case_id());
  request.set_attempts(1);
  request.set_result(OneIn(8) ? aftersales::SETTLEMENT_STATE_UNKNOWN
                              : aftersales::SETTLEMENT_STATE_SETTLED);
  request.set_payment_reference("P" + now.case_id());
  if (request.result() == aftersales::SETTLEMENT_STATE_UNKNOWN) request.set_reason("timeout");
  using Response = aftersales::RecordSettlementResultResponse;
  if (caller_.Write<Response>("finance", request, Expect::kEither)) ++applied_;
}

}  // namespace redress::chaos
