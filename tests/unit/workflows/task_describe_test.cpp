// The description that others read: it comes from the table.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>

#include "workflows/task/task.h"

namespace redress::workflows::task {
namespace {

TEST(TaskDescribe, NamesAreUniqueAndEdgesUseThem) {
  const Workflow& workflow = Describe();
  EXPECT_EQ(workflow.kind, "task");
  std::set<std::string_view> states;
  for (const StateInfo& state : workflow.states) EXPECT_TRUE(states.insert(state.name).second);
  std::set<std::tuple<std::string_view, std::string_view, std::string>> rows;
  for (const EdgeInfo& edge : workflow.edges) {
    EXPECT_TRUE(states.count(edge.source) == 1 && states.count(edge.target) == 1);
    EXPECT_TRUE(rows.emplace(edge.source, edge.event, edge.route).second)
        << edge.source << " " << edge.event << " has two rows when " << edge.route;
  }
}

// Its case's deadline watches a task, and its lease a claim; see task.h.
TEST(TaskDescribe, NoStateHasADeadlineOfItsOwn) {
  for (const StateInfo& state : Describe().states) EXPECT_TRUE(state.deadline_rule.empty());
  EXPECT_TRUE(Describe().deadlines.empty());
}

}  // namespace
}  // namespace redress::workflows::task
