#include "services/aftersales/domain/case_kind.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <tuple>

#include "services/aftersales/domain/stepper.h"
#include "workflows/dispute/dispute.h"
#include "workflows/refund/refund.h"
#include "workflows/review/review.h"

namespace redress::aftersales {
namespace {

namespace dispute = workflows::dispute;
namespace refund = workflows::refund;
namespace review = workflows::review;
using workflows::Workflow;

// One function per kind under each name; a case's progress chooses.

const Workflow& WorkflowOfProgress(const refund::RefundProgress&) { return refund::Describe(); }
const Workflow& WorkflowOfProgress(const dispute::DisputeProgress&) { return dispute::Describe(); }
const Workflow& WorkflowOfProgress(const review::ReviewProgress&) { return review::Describe(); }

workflows::Actor ActorOf(const Sender& sender) {
  workflows::Actor actor;
  actor.kind = sender.kind;
  if (sender.kind != workflows::ActorKind::kPerson) return actor;
  actor.account_id = sender.account.value;
  actor.is_supervisor = sender.is_supervisor;
  actor.unlimited = sender.unlimited;
  actor.amount_limit = sender.amount_limit;
  return actor;
}

refund::RefundFacts FactsOf(const Case& current, const refund::RefundProgress& progress,
                            const Surroundings& around) {
  refund::RefundFacts facts;
  facts.progress = progress;
  facts.actor = ActorOf(around.sender);
  facts.line = around.line.Facts();
  facts.has_platform_id = !current.platform_refund_id.empty();
  facts.non_returnable =
      !current.not_returnable.empty() || around.policy.IsNonReturnable(around.line);
  facts.order_shipping = around.line.shipping;
  facts.settlement_attempts = around.policy.SettlementAttempts(current.shop);
  return facts;
}

dispute::DisputeFacts FactsOf(const Case& current, const dispute::DisputeProgress& progress,
                              const Surroundings& around) {
  dispute::DisputeFacts facts;
  facts.progress = progress;
  facts.actor = ActorOf(around.sender);
  facts.has_platform_id = !current.platform_refund_id.empty();
  facts.has_line = bool{current.line};
  return facts;
}

review::ReviewFacts FactsOf(const Case& current, const review::ReviewProgress& progress,
                            const Surroundings& around) {
  const ReviewRules rules = around.policy.Reviews(current.shop, around.now_us);
  review::ReviewFacts facts;
  facts.progress = progress;
  facts.actor = ActorOf(around.sender);
  facts.has_platform_id = !current.platform_refund_id.empty();
  facts.contact_refused_before = around.contact_refused;
  facts.part_of_day = rules.part_of_day;
  facts.channel_limits = rules.channel_limits;
  return facts;
}

bool ComesToARemedy(const dispute::DisputeEvent& event) {
  return std::holds_alternative<dispute::AcceptOption>(event) ||
         std::holds_alternative<dispute::RuleForBuyer>(event) ||
         std::holds_alternative<dispute::PlatformRuledForBuyer>(event);
}

// What the event itself makes the engine look up.
void LookUp(const refund::RefundEvent& event, const Case&, const Surroundings& around,
            refund::RefundFacts& facts) {
  const bool may_escalate = std::holds_alternative<refund::EscalateToPlatform>(event) ||
                            std::holds_alternative<refund::DeadlineReached>(event);
  if (may_escalate) facts.next_case = around.policy.NextCaseId().value;
}
void LookUp(const review::ReviewEvent& event, const Case&, const Surroundings& around,
            review::ReviewFacts& facts) {
  if (!std::holds_alternative<review::RevealFault>(event)) return;
  facts.next_case = around.policy.NextCaseId().value;
  facts.open_dispute = around.beside.open.value;
  facts.is_disputed = around.beside.is_taken;
}
void LookUp(const dispute::DisputeEvent& event, const Case& current, const Surroundings& around,
            dispute::DisputeFacts& facts) {
  if (ComesToARemedy(event)) {
    facts.next_case = around.policy.NextCaseId().value;
    facts.open_refund = around.beside.open.value;
  }
  const auto* resolve = std::get_if<dispute::Resolve>(&event);
  if (resolve == nullptr) return;
  facts.root_cause_is_listed = around.policy.IsRootCause(current.shop, resolve->root_cause);
}

template <class Event, class Progress>
FiredStep FireAs(const Case& current, const Progress& progress, const CaseEvent& event,
                 const Surroundings& around) {
  const auto* own = std::get_if<Event>(&event);
  if (own == nullptr) {
    return {workflows::Outcome::kRefused,
            current.state,
            {},
            {"OTHER_KIND", "an event of a " + std::string(KindOf(current)) + " case",
             "one of another kind"}};
  }
  auto facts = FactsOf(current, progress, around);
  LookUp(*own, current, around, facts);
  auto fired = Fire(current.state, *own, facts);
  return {fired.outcome, fired.state, std::move(fired.effects), std::move(fired.refusal)};
}

FiredStep FireOwn(const Case& current, const refund::RefundProgress& progress,
                  const CaseEvent& event, const Surroundings& around) {
  return FireAs<refund::RefundEvent>(current, progress, event, around);
}
FiredStep FireOwn(const Case& current, const dispute::DisputeProgress& progress,
                  const CaseEvent& event, const Surroundings& around) {
  return FireAs<dispute::DisputeEvent>(current, progress, event, around);
}
FiredStep FireOwn(const Case& current, const review::ReviewProgress& progress,
                  const CaseEvent& event, const Surroundings& around) {
  return FireAs<review::ReviewEvent>(current, progress, event, around);
}

// The goods that a ruling for the shop leaves here go back first: it may be overturned meanwhile.
std::string_view OutcomeOfProgress(const Case& after, const refund::RefundProgress& progress) {
  return after.final && progress.ending == refund::Ending::kRuledForShop ? "ruled_for_shop" : "";
}
std::string_view OutcomeOfProgress(const Case& after, const dispute::DisputeProgress&) {
  return after.state == dispute::kResolvedState ? "resolved" : "";
}
std::string_view OutcomeOfProgress(const Case& after, const review::ReviewProgress&) {
  return after.state == review::kResolvedState ? "resolved" : "";
}

CaseEvent DeadlineEvent(const refund::RefundProgress&, std::int64_t number) {
  return refund::RefundEvent{refund::DeadlineReached{number}};
}
CaseEvent DeadlineEvent(const dispute::DisputeProgress&, std::int64_t number) {
  return dispute::DisputeEvent{dispute::DeadlineReached{number}};
}
CaseEvent DeadlineEvent(const review::ReviewProgress&, std::int64_t number) {
  return review::ReviewEvent{review::DeadlineReached{number}};
}

bool Intervenes(const refund::RefundEvent& event) {
  return std::holds_alternative<refund::PlatformIntervened>(event);
}
bool Intervenes(const dispute::DisputeEvent& event) {
  return std::holds_alternative<dispute::PlatformIntervened>(event) ||
         std::holds_alternative<dispute::PlatformRuledForBuyer>(event) ||
         std::holds_alternative<dispute::PlatformRuledForShop>(event);
}
// Platforms take reviews away; they do not take cases about them to themselves.
bool Intervenes(const review::ReviewEvent&) { return false; }

}  // namespace

std::string_view KindOf(const Case& of) {
  static constexpr std::array<std::string_view, std::variant_size_v<Progress>> kKinds{
      kRefundKind, kDisputeKind, kReviewKind};
  return kKinds[of.progress.index()];
}

const Workflow& WorkflowOf(const Case& of) {
  return std::visit([](const auto& own) -> const Workflow& { return WorkflowOfProgress(own); },
                    of.progress);
}

std::span<const Workflow* const> Workflows() {
  static const std::array<const Workflow*, std::variant_size_v<Progress>> all{
      &refund::Describe(), &dispute::Describe(), &review::Describe()};
  return all;
}

const Workflow* FindWorkflow(std::string_view kind) {
  const auto all = Workflows();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Workflow* one) { return one->kind == kind; });
  return found == all.end() ? nullptr : *found;
}

bool StateTakes(std::string_view kind, std::string_view state, std::string_view event) {
  using Row = std::tuple<std::string_view, std::string_view, std::string_view>;
  static const std::set<Row> rows = [] {
    std::set<Row> all;
    for (const Workflow* workflow : Workflows()) {
      for (const workflows::EdgeInfo& edge : workflow->edges) {
        all.emplace(workflow->kind, edge.source, edge.event);
      }
    }
    return all;
  }();
  return rows.contains({kind, state, event});
}

std::string_view NameOf(const CaseEvent& event) {
  return std::visit([](const auto& own) { return NameOf(own); }, event);
}

CaseEvent DeadlineEventOf(const Case& of, std::int64_t number) {
  return std::visit([&](const auto& own) { return DeadlineEvent(own, number); }, of.progress);
}

bool ComesToARemedy(const CaseEvent& event) {
  const auto* own = std::get_if<dispute::DisputeEvent>(&event);
  return own != nullptr && ComesToARemedy(*own);
}

bool RevealsAFault(const CaseEvent& event) {
  const auto* own = std::get_if<review::ReviewEvent>(&event);
  return own != nullptr && std::holds_alternative<review::RevealFault>(*own);
}

bool IsIntervention(const CaseEvent& event) {
  return std::visit([](const auto& own) { return Intervenes(own); }, event);
}

std::int64_t SubjectTimeOf(const Case& of) { return of.IsReview() ? of.Review().reviewed_at : 0; }

CaseEffects Open(const Case& opened, const Surroundings& around) {
  return std::visit(
      [&](const auto& own) -> CaseEffects { return Open(FactsOf(opened, own, around)); },
      opened.progress);
}

FiredStep Fire(const Case& current, const CaseEvent& event, const Surroundings& around) {
  return std::visit([&](const auto& own) { return FireOwn(current, own, event, around); },
                    current.progress);
}

std::vector<workflows::AllowedEvent> AllowedEvents(const Case& current,
                                                   const Surroundings& around) {
  return std::visit(
      [&](const auto& own) { return AllowedEvents(current.state, FactsOf(current, own, around)); },
      current.progress);
}

std::string_view OutcomeOf(const Case& after) {
  return std::visit([&](const auto& own) { return OutcomeOfProgress(after, own); }, after.progress);
}

}  // namespace redress::aftersales
