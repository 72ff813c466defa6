#pragma once

#include <memory>
#include <string>
#include <vector>

#include "clients/cli/context.h"
#include "clients/importing/csv_file.h"
#include "clients/importing/mapping.h"

namespace CLI {
class App;
}

namespace redress::cli {

// `import cases`, `import conversations`, `import products`, `import plan`.
void AddItemImportCommands(CLI::App& import_group, Context& context);

// What `--plan` and `import plan` are asked about.
struct PlannedFiles {
  std::string file;
  std::string encoding;
  std::string lines;
  std::vector<std::string> joins;
};

// Shows how these files would be read; sends nothing. Throws MappingError.
void ShowPlan(Context& context, const importing::Mapping& mapping, const PlannedFiles& files);

// The files given as --join NAME=FILE, each with the mapping's rules of that name. Throws
// MappingError where the mapping takes none of that name, or wants one that was not given.
std::vector<std::shared_ptr<const importing::JoinedFile>> JoinedFiles(
    const std::vector<std::string>& given, const importing::Mapping& mapping,
    const std::string& encoding);

// --lines and --join.
void AddOtherFiles(CLI::App& command, std::string& lines, std::vector<std::string>& joins);

// Where rows go that are refused: `chosen`, or beside where the program runs.
std::string RejectsPath(const std::string& file, const std::string& chosen);

}  // namespace redress::cli
