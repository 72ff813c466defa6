#pragma once

#include <string>
#include <vector>

#include "clients/cli/context.h"

namespace redress::cli {

// Exit codes of `redress`.
enum ExitCode {
  kDone = 0,
  kRefused = 1,      // a service refused the request
  kUsage = 2,        // the command line, a file or the surroundings are at fault
  kUnreachable = 3,  // a service did not answer
  kFindings = 4,     // done, and something is amiss: a history was altered
};

// Runs one command line (without the program's name). Never throws; what went wrong is on `err`.
int Run(const std::vector<std::string>& arguments, Streams streams);

}  // namespace redress::cli
