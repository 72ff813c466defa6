// Walks all that can happen to a refund and a dispute that are linked, and shows that faults which
// are put into them are found.

#include "tests/model/linked_model.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "tests/support/figure.h"

namespace redress::model {
namespace {

using refund::Variant;

// An escalation; a dispute that opens its refund; one that finds an open refund of its line; and a
// line of which others had a part.
std::vector<Setting> Settings() {
  std::vector<Setting> all;
  for (const Variant variant :
       {Variant::kRefundOnly, Variant::kReturnAndRefund, Variant::kReship}) {
    for (const bool platform : {false, true}) {
      all.push_back({true, false, variant, platform, platform, false});
      all.push_back({true, true, variant, platform, platform, false});
    }
  }
  all.push_back({false, true, Variant::kRefundOnly, false, true, false});
  all.push_back({true, false, Variant::kRefundOnly, false, false, true});
  all.push_back({false, true, Variant::kRefundOnly, false, false, true});
  return all;
}

TEST(LinkedModel, WhatMustAlwaysBeTrueIs) {
  std::size_t configurations = 0;
  std::size_t steps = 0;
  std::size_t violations = 0;
  for (const Setting& setting : Settings()) {
    const Walk walk = WalkEverything(setting);
    for (const Violation& violation : walk.violations) ADD_FAILURE() << Told(violation);
    std::printf("%zu configurations, %zu steps\n", walk.nodes, walk.steps);
    std::fflush(stdout);
    configurations += walk.nodes;
    steps += walk.steps;
    violations += walk.violations.size();
  }
  test::Figure("model_configurations", static_cast<double>(configurations));
  test::Figure("model_steps", static_cast<double>(steps));
  test::Figure("model_violations", static_cast<double>(violations));
}

// Of each fault the first violation that some setting shows.
std::optional<Violation> Find(Fault fault) {
  for (const Setting& setting : Settings()) {
    Walk walk = WalkEverything(setting, fault);
    if (!walk.violations.empty()) return std::move(walk.violations.front());
  }
  return std::nullopt;
}

TEST(LinkedModel, FindsTheFaultsThatArePutIntoIt) {
  int caught = 0;
  for (const Fault fault : kSeededFaults) {
    const auto found = Find(fault);
    EXPECT_TRUE(found) << "nobody noticed: " << NameOf(fault);
    if (!found) continue;
    ++caught;
    std::printf("%s\n  -> %s\n", std::string(NameOf(fault)).c_str(), Told(*found).c_str());
    EXPECT_FALSE(found->script.empty());
  }
  test::Figure("seeded_faults_caught", caught);
}

// A violation is shown as a script. Its lines are understood, and fail for want of a deployment.
TEST(LinkedModel, ItsScriptsAreLinesOfRedress) {
  int lines = 0;
  for (const Move& move : AllMoves(true)) {
    const std::string line = ScriptLine(move.event);
    if (line.starts_with("#")) continue;
    ++lines;
    EXPECT_EQ(Complaint(line).find("--help"), std::string::npos) << line << "\n" << Complaint(line);
  }
  EXPECT_GT(lines, 30);
  EXPECT_NE(Complaint("redress case apply \"$REFUND\" no-such-event").find("--help"),
            std::string::npos);
}

}  // namespace
}  // namespace redress::model
