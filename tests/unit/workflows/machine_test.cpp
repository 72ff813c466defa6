#include "workflows/machine/machine.h"

#include <gtest/gtest.h>

#include "workflows/machine/explain.h"

namespace redress::workflows {
namespace {

TEST(Workflow, FindsStatesAndEventsByName) {
  Workflow workflow;
  workflow.states = {{"Open", "answer", "", false}, {"Done", "", "CLOSED", true}};
  workflow.events = {{"finish"}};
  ASSERT_NE(workflow.FindState("Done"), nullptr);
  EXPECT_TRUE(workflow.FindState("Done")->final);
  EXPECT_EQ(workflow.FindState("open"), nullptr);
  EXPECT_TRUE(workflow.HasEvent("finish"));
  EXPECT_FALSE(workflow.HasEvent("Finish"));
}

TEST(Explain, NamesEachLegalStateOnceAndTheStateFound) {
  const Refusal refusal = ExplainUnhandled("Done", {"Open", "Open", "Waiting", "Open"});
  EXPECT_EQ(refusal.code, kNotLegalInState);
  EXPECT_EQ(refusal.expected, "Open, Waiting");
  EXPECT_EQ(refusal.found, "Done");
}

}  // namespace
}  // namespace redress::workflows
