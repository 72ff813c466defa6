#include "services/customer/domain/judge.h"

#include <utility>

#include "services/customer/domain/moments.h"
#include "services/customer/domain/person_facts.h"

namespace redress::customer {
namespace {

using rules::Outcome;
using rules::Subject;

class Judging {
 public:
  Judging(const CustomerFacts& facts, const rules::Moment& moment)
      : moment_(moment), person_(facts, judged_.tags, judged_.segments) {}

  void TakeDecisions(std::span<const CustomerTag> decisions) {
    judged_.by_hand = DecidedByHand(decisions, moment_.now_us);
    for (const CustomerTag& one : judged_.by_hand) {
      decided_.insert(one.tag);
      if (!one.denied) judged_.tags.insert(one.tag);
      judged_.until = Earlier(judged_.until, one.expires_at);
    }
  }

  void JudgeRule(const RuleInForce& rule) {
    const bool is_tag = rule.subject.kind == Subject::Kind::kTag;
    if (is_tag && decided_.contains(rule.subject.code)) return;
    Outcome outcome = OutcomeOf(rule.expression);
    if (outcome.matches()) (is_tag ? judged_.tags : judged_.segments).insert(rule.subject.code);
    if (is_tag) {
      judged_.by_rule[rule.subject.code] = {outcome.matches(), rule.version,
                                            std::move(outcome.why)};
    }
  }

  void JudgeCare(const CareInForce& care, const std::string& birthday) {
    const bool matches = OutcomeOf(care.expression).matches();
    if (care.rule.occasion == Occasion::kMatch) {
      if (matches) judged_.care_matches.insert(care.rule.code);
      return;
    }
    const auto days = DaysOf(care.rule, birthday, moment_.zone.DayOf(moment_.now_us));
    if (matches && days.now) judged_.care_due.push_back({&care, *days.now});
    if (days.next) judged_.until = Earlier(judged_.until, moment_.zone.DayStart(*days.next));
  }

  Judgement Take() { return std::move(judged_); }

 private:
  Outcome OutcomeOf(const rules::Expression& expression) {
    Outcome outcome = rules::Evaluate(expression, person_, moment_);
    judged_.until = Earlier(judged_.until, outcome.until);
    return outcome;
  }

  const rules::Moment& moment_;
  Judgement judged_;
  std::set<std::string> decided_;
  const rules::PersonFacts person_;
};

}  // namespace

void PutInOrder(Definitions& definitions) {
  std::vector<rules::DecidedBy> decided;
  for (const RuleInForce& rule : definitions.rules) {
    decided.push_back({rule.subject, &rule.expression});
  }
  std::vector<RuleInForce> ordered;
  for (const std::size_t index : rules::InOrder(decided)) {
    ordered.push_back(definitions.rules[index]);
  }
  definitions.rules = std::move(ordered);
}

Judgement Judge(const Definitions& definitions, const CustomerFacts& facts,
                std::span<const CustomerTag> decisions, const std::string& birthday,
                const rules::Moment& moment) {
  Judging judging(facts, moment);
  judging.TakeDecisions(decisions);
  for (const RuleInForce& rule : definitions.rules) judging.JudgeRule(rule);
  for (const CareInForce& care : definitions.care) judging.JudgeCare(care, birthday);
  return judging.Take();
}

}  // namespace redress::customer
