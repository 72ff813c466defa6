#pragma once

#include <string>

#include "clients/cli/context.h"

namespace CLI {
class App;
}

namespace redress::cli {

// Where a password comes from: never from the command line, where others could read it.
struct PasswordSource {
  bool from_stdin = false;
  std::string file;

  // Adds --password-stdin and --password-file.
  void AddTo(CLI::App& command);
  // Reads the first line of stdin or the file, else asks on the terminal without echo. Throws
  // UsageError.
  std::string Read(Context& context, const std::string& prompt) const;
};

}  // namespace redress::cli
