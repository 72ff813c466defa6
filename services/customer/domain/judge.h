#pragma once

// What a shop's rules say of one person at one moment: a pure function of the definitions, of what
// is known and of what was decided by hand, so that it does not matter in which order facts came.

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/care.h"
#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/rules/evaluate.h"
#include "services/customer/domain/rules/rule_order.h"
#include "services/customer/domain/tag.h"

namespace redress::customer {

// What is in force in a shop.
struct RuleInForce {
  rules::Subject subject;  // a tag, or a segment
  std::uint32_t version = 0;
  rules::Expression expression;
};
struct CareInForce {
  CareRule rule;
  rules::Expression expression;
};
struct Definitions {
  std::uint64_t version = 0;            // counts the changes of the shop's definitions
  std::vector<RuleInForce> rules = {};  // each behind those that it reads
  std::vector<CareInForce> care = {};
};

// Puts the rules in the order in which they are judged. Throws the refusal RULES_IN_CIRCLE.
void PutInOrder(Definitions& definitions);

struct Verdict {
  bool matches = false;
  std::uint32_t version = 0;
  std::vector<rules::Reason> why;
};
struct CareDue {
  const CareInForce* care;
  std::int64_t day;  // of the occasion
};

struct Judgement {
  std::vector<CustomerTag> by_hand = {};        // decisions in force, also denials
  std::map<std::string, Verdict> by_rule = {};  // of tags that nobody decided by hand
  std::set<std::string> tags = {};              // that the person has
  std::set<std::string> segments = {};
  std::set<std::string> care_matches = {};  // rules whose occasion is a match, and that match
  std::vector<CareDue> care_due = {};       // birthdays and festivals that are due now
  std::int64_t until = 0;                   // judge again at this moment; 0: when something changes
};

Judgement Judge(const Definitions& definitions, const CustomerFacts& facts,
                std::span<const CustomerTag> decisions, const std::string& birthday,
                const rules::Moment& moment);

}  // namespace redress::customer
