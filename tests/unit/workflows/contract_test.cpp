// The API's event messages say in which states they are legal: they must say what the table does.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "workflows/dispute/dispute.h"
#include "workflows/review/review.h"

namespace redress::workflows {
namespace {

using StatesByEvent = std::map<std::string, std::set<std::string>>;

std::string ReadContract(std::string_view kind) {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) + "/protos/redress/aftersales/v1/" +
                     std::string(kind) + "_events.proto");
  EXPECT_TRUE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The event's name by its message: `    RecordContact record_contact = 1;`.
std::map<std::string, std::string> NamesByMessage(const std::string& contract) {
  std::map<std::string, std::string> names;
  const std::regex member{"\\n    (\\w+) (\\w+) = \\d+;"};
  for (std::sregex_iterator it(contract.begin(), contract.end(), member), end; it != end; ++it) {
    names[(*it)[1]] = (*it)[2];
  }
  return names;
}

StatesByEvent StatesInContract(const Workflow& workflow) {
  std::set<std::string> armed;
  for (const StateInfo& state : workflow.states) {
    if (!state.final) armed.emplace(state.name);
  }
  StatesByEvent states;
  const std::string text = ReadContract(workflow.kind);
  const auto names = NamesByMessage(text);
  const std::regex legal{"  // Legal in: ([^\\n]*)\\.\\n  message (\\w+) \\{"};
  for (std::sregex_iterator it(text.begin(), text.end(), legal), end; it != end; ++it) {
    std::set<std::string>& of_event = states[names.at((*it)[2])];
    const std::string list = (*it)[1];
    if (list == "every state that is not final") {
      of_event = armed;
      continue;
    }
    const std::regex word{"\\w+"};
    for (std::sregex_iterator w(list.begin(), list.end(), word), last; w != last; ++w) {
      of_event.insert(w->str());
    }
  }
  return states;
}

class Contract : public testing::TestWithParam<const Workflow& (*)()> {};

TEST_P(Contract, EachMessageNamesTheStatesItIsLegalIn) {
  const Workflow& workflow = GetParam()();
  StatesByEvent table;
  for (const EdgeInfo& edge : workflow.edges) {
    table[std::string(edge.event)].emplace(edge.source);
  }
  EXPECT_EQ(StatesInContract(workflow), table);
}

INSTANTIATE_TEST_SUITE_P(Machines, Contract, testing::Values(&dispute::Describe, &review::Describe),
                         [](const auto& machine) { return std::string(machine.param().kind); });

}  // namespace
}  // namespace redress::workflows
