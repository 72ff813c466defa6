// The API's event messages say in which states they are legal: they must say what the table does.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "workflows/refund/refund.h"

namespace redress::workflows::refund {
namespace {

using StatesByEvent = std::map<std::string, std::set<std::string>>;

std::string ReadContract() {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) +
                     "/protos/redress/aftersales/v1/refund_events.proto");
  EXPECT_TRUE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string SnakeCase(const std::string& name) {
  std::string snake;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      if (!snake.empty()) snake += '_';
      snake += static_cast<char>(c - 'A' + 'a');
    } else {
      snake += c;
    }
  }
  return snake;
}

StatesByEvent StatesInContract() {
  std::set<std::string> armed;
  for (const StateInfo& state : Describe().states) {
    if (!state.final) armed.emplace(state.name);
  }
  StatesByEvent states;
  const std::string text = ReadContract();
  const std::regex legal{"// Legal in: ([^\\n]*)\\.\\nmessage (\\w+) \\{"};
  for (std::sregex_iterator it(text.begin(), text.end(), legal), end; it != end; ++it) {
    std::set<std::string>& of_event = states[SnakeCase((*it)[2])];
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

TEST(RefundContract, EachMessageNamesTheStatesItIsLegalIn) {
  StatesByEvent table;
  for (const EdgeInfo& edge : Describe().edges) {
    table[std::string(edge.event)].emplace(edge.source);
  }
  EXPECT_EQ(StatesInContract(), table);
}

}  // namespace
}  // namespace redress::workflows::refund
