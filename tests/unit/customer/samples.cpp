#include "tests/unit/customer/samples.h"

#include "services/customer/domain/person_facts.h"
#include "services/customer/domain/rules/type_check.h"

namespace redress::customer {

std::shared_ptr<const platform::TimeZone> Shanghai() {
  return platform::TimeZone::Load("Asia/Shanghai");
}

CustomerFacts Known(std::uint64_t customer) {
  CustomerFacts facts;
  facts.customer = CustomerId{customer};
  facts.members = {facts.customer};
  facts.platform = "taobao";
  return facts;
}

rules::Outcome Say(const std::string& condition, const CustomerFacts& facts,
                   const std::set<std::string>& tags, std::int64_t now_us) {
  const std::set<std::string> segments;
  const auto zone = Shanghai();
  return rules::Evaluate(rules::ReadCondition(condition, "expression"),
                         rules::PersonFacts(facts, tags, segments), {now_us, *zone});
}

RuleInForce TagRuleOf(const std::string& tag, const std::string& condition) {
  return {{rules::Subject::Kind::kTag, tag}, 1, rules::ReadCondition(condition, "expression")};
}

RuleInForce SegmentOf(const std::string& code, const std::string& condition) {
  return {{rules::Subject::Kind::kSegment, code}, 1, rules::ReadCondition(condition, "expression")};
}

}  // namespace redress::customer
