// Rules that read each other.
#include "services/customer/domain/rules/rule_order.h"

#include <gtest/gtest.h>

#include "services/platform/base/errors.h"
#include "tests/unit/customer/samples.h"

namespace redress::customer {
namespace {

TEST(RuleOrder, EachStandsBehindThoseThatItReads) {
  Definitions definitions;
  definitions.rules = {TagRuleOf("a", "tag(\"b\") or segment(\"s\")"),
                       SegmentOf("s", "not tag(\"b\") and tag(\"hand\")"),
                       TagRuleOf("b", "paid_orders > 1")};
  PutInOrder(definitions);
  EXPECT_EQ(definitions.rules[0].subject.code, "b");
  EXPECT_EQ(definitions.rules[1].subject.code, "s");
  EXPECT_EQ(definitions.rules[2].subject.code, "a");
}

TEST(RuleOrder, ACircleIsRefusedAndShown) {
  Definitions definitions;
  definitions.rules = {TagRuleOf("start", "tag(\"a\")"), TagRuleOf("a", "segment(\"b\")"),
                       SegmentOf("b", "not tag(\"a\")")};
  try {
    PutInOrder(definitions);
    FAIL() << "was not refused";
  } catch (const platform::Refusal& refusal) {
    EXPECT_EQ(refusal.reason(), "RULES_IN_CIRCLE");
    EXPECT_EQ(refusal.metadata().at("circle"), "tag(\"a\") reads segment(\"b\") reads tag(\"a\")");
  }
}

TEST(RuleOrder, ARuleThatReadsItselfIsACircle) {
  Definitions definitions;
  definitions.rules = {TagRuleOf("a", "tag(\"a\")")};
  EXPECT_THROW(PutInOrder(definitions), platform::Refusal);
}

}  // namespace
}  // namespace redress::customer
