#include "services/customer/domain/rules/rule_order.h"

#include <algorithm>
#include <map>

#include "services/customer/domain/rules/fact_catalogue.h"
#include "services/platform/base/errors.h"

namespace redress::customer::rules {
namespace {

void Collect(const Expression& expression, std::set<Subject>& into) {
  if (expression.kind == Kind::kFact && expression.name == kTagFact) {
    into.insert({Subject::Kind::kTag, expression.text});
  }
  if (expression.kind == Kind::kFact && expression.name == kSegmentFact) {
    into.insert({Subject::Kind::kSegment, expression.text});
  }
  for (const Expression& part : expression.parts) Collect(part, into);
}

// Depth first, without recursion: a chain of rules may be as long as there are rules.
class Ordering {
 public:
  explicit Ordering(std::span<const DecidedBy> rules) : rules_(rules), states_(rules.size()) {
    for (std::size_t i = 0; i < rules.size(); ++i) by_subject_.emplace(rules[i].subject, i);
  }

  std::vector<std::size_t> Order() {
    for (std::size_t i = 0; i < rules_.size(); ++i) Visit(i);
    return std::move(order_);
  }

 private:
  enum class State { kNew, kOpen, kDone };
  struct Open {
    std::size_t rule;
    std::vector<std::size_t> reads;
    std::size_t next = 0;
  };

  std::vector<std::size_t> ReadsOf(std::size_t rule) const {
    std::vector<std::size_t> reads;
    for (const Subject& subject : SubjectsIn(*rules_[rule].expression)) {
      const auto found = by_subject_.find(subject);
      if (found != by_subject_.end()) reads.push_back(found->second);
    }
    return reads;
  }

  void Visit(std::size_t first) {
    if (states_[first] != State::kNew) return;
    Begin(first);
    while (!open_.empty()) {
      Open& top = open_.back();
      if (top.next == top.reads.size()) {
        states_[top.rule] = State::kDone;
        order_.push_back(top.rule);
        open_.pop_back();
        continue;
      }
      const std::size_t read = top.reads[top.next++];
      if (states_[read] == State::kOpen) RefuseCircle(read);
      if (states_[read] == State::kNew) Begin(read);
    }
  }

  void Begin(std::size_t rule) {
    states_[rule] = State::kOpen;
    open_.push_back({rule, ReadsOf(rule)});
  }

  [[noreturn]] void RefuseCircle(std::size_t again) const {
    auto from = std::find_if(open_.begin(), open_.end(),
                             [&](const Open& open) { return open.rule == again; });
    std::string circle;
    for (; from != open_.end(); ++from) circle += Print(rules_[from->rule].subject) + " reads ";
    circle += Print(rules_[again].subject);
    throw platform::Refusal(platform::Code::kInvalidArgument, "RULES_IN_CIRCLE",
                            "The rules read each other in a circle: " + circle +
                                ". Take one of these out of the condition that reads it.")
        .With("circle", circle);
  }

  const std::span<const DecidedBy> rules_;
  std::vector<State> states_;
  std::map<Subject, std::size_t> by_subject_;
  std::vector<Open> open_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::string Print(const Subject& subject) {
  return (subject.kind == Subject::Kind::kTag ? "tag(\"" : "segment(\"") + subject.code + "\")";
}

std::set<Subject> SubjectsIn(const Expression& expression) {
  std::set<Subject> subjects;
  Collect(expression, subjects);
  return subjects;
}

std::vector<std::size_t> InOrder(std::span<const DecidedBy> rules) {
  return Ordering(rules).Order();
}

}  // namespace redress::customer::rules
