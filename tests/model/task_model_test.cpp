// Walks all that can happen to a refund case and its warehouse tasks, by the stepper itself.

#include "tests/model/task_model.h"

#include <gtest/gtest.h>

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
    for (const std::string& violation : walk.violations) ADD_FAILURE() << violation;
    configurations += walk.nodes;
    steps += walk.steps;
    violations += walk.violations.size();
  }
  test::Figure("task_model_configurations", static_cast<double>(configurations));
  test::Figure("task_model_steps", static_cast<double>(steps));
  test::Figure("task_model_violations", static_cast<double>(violations));
}

TEST(TaskModel, FindsTheFaultsThatArePutIntoIt) {
  for (const TaskFault fault : kSeededTaskFaults) {
    std::size_t found = 0;
    for (const TaskSetting& setting : Settings()) {
      if (found == 0) found = WalkTasks(setting, fault).violations.size();
    }
    EXPECT_GT(found, 0U) << "nobody noticed fault " << static_cast<int>(fault);
  }
}

}  // namespace
}  // namespace redress::aftersales::model
