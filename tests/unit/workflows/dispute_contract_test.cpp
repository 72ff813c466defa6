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

namespace redress::workflows::dispute {
namespace {

using StatesByEvent = std::map<std::string, std::set<std::string>>;

std::string ReadContract() {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) +
                     "/protos/redress/aftersales/v1/dispute_events.proto");
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

StatesByEvent StatesInContract() {
  std::set<std::string> armed;
  for (const StateInfo& state : Describe().states) {
    if (!state.final) armed.emplace(state.name);
  }
  StatesByEvent states;
  const std::string text = ReadContract();
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

TEST(DisputeContract, EachMessageNamesTheStatesItIsLegalIn) {
  StatesByEvent table;
  for (const EdgeInfo& edge : Describe().edges) {
    table[std::string(edge.event)].emplace(edge.source);
  }
  EXPECT_EQ(StatesInContract(), table);
}

}  // namespace
}  // namespace redress::workflows::dispute
