#include "tests/unit/workflows/graphviz.h"

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "tests/support/process.h"

namespace redress::test {

std::string LayOut(const std::string& dot) {
  const TemporaryDirectory folder;
  const auto input = folder.path() / "graph.dot";
  const auto output = folder.path() / "layout.txt";
  std::ofstream(input) << dot;
  const std::string command =
      "dot -Tplain -o '" + output.string() + "' '" + input.string() + "' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start a shell for: " + command);
  std::string complaint;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) complaint += static_cast<char>(c);
  if (pclose(pipe) != 0) throw std::runtime_error(command + " failed: " + complaint);
  return ReadFile(output);
}

}  // namespace redress::test
