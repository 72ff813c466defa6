// Walks all that can happen to a refund case and its warehouse tasks, by the stepper itself.

#include "tests/model/task_model.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/figure.h"

namespace redress::aftersales::model {
namespace {

using workflows::refund::Variant;

std::vector<TaskSetting> Settings() {
  std::vector<TaskSetting> all;
  for (const Variant variant :
       {Variant::kRefundOnly, Variant::kReturnAndRefund, Variant::kExchange, Variant::kReship}) {
    for (const bool has_platform_id : {false, true})
      all.push_back({variant, true, has_platform_id});
  }
  all.push_back({Variant::kRefundOnly, false, false});
  return all;
}

TEST(TaskModel, WhatMustAlwaysBeTrueIs) {
  std::size_t configurations = 0;
  std::size_t steps = 0;
  std::size_t violations = 0;
  for (const TaskSetting& setting : Settings()) {
    const TaskWalk walk = WalkTasks(setting);
    for (const auto& violation : walk.violations) ADD_FAILURE() << redress::model::Told(violation);
    configurations += walk.nodes;
    steps += walk.steps;
    violations += walk.violations.size();
  }
  test::Figure("task_model_configurations", static_cast<double>(configurations));
  test::Figure("task_model_steps", static_cast<double>(steps));
  test::Figure("task_model_violations", static_cast<double>(violations));
}

// Of each fault the first violation that some setting shows.
std::optional<redress::model::Violation> Find(TaskFault fault) {
  for (const TaskSetting& setting : Settings()) {
    TaskWalk walk = WalkTasks(setting, fault);
    if (!walk.violations.empty()) return std::move(walk.violations.front());
  }
  return std::nullopt;
}

TEST(TaskModel, FindsTheFaultsThatArePutIntoIt) {
  int caught = 0;
  for (const TaskFault fault : kSeededTaskFaults) {
    const auto found = Find(fault);
    EXPECT_TRUE(found) << "nobody noticed fault " << static_cast<int>(fault);
    if (!found) continue;
    ++caught;
    std::printf("fault %d\n  -> %s\n", static_cast<int>(fault),
                redress::model::Told(*found).c_str());
    ASSERT_FALSE(found->script.empty());
    EXPECT_TRUE(found->script.front().starts_with("redress case open"));
  }
  test::Figure("task_seeded_faults_caught", caught);
}

// A violation is shown as a script. Its lines are understood, and fail for want of a deployment.
TEST(TaskModel, ItsScriptsAreLinesOfRedress) {
  std::vector<std::string> script;
  for (const TaskSetting& setting : Settings()) script.push_back(OpeningLine(setting));
  for (const TaskMove& move : AllTaskMoves()) {
    EXPECT_FALSE(move.script.empty());
    script.insert(script.end(), move.script.begin(), move.script.end());
  }
  int lines = 0;
  for (const std::string& line : script) {
    if (line.starts_with("#")) continue;
    ++lines;
    const std::string complaint = redress::model::Complaint(line);
    EXPECT_EQ(complaint.find("--help"), std::string::npos) << line << "\n" << complaint;
  }
  EXPECT_GT(lines, 40);
}

}  // namespace
}  // namespace redress::aftersales::model
