#include "tests/support/data_directory.h"

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

namespace redress::test {

namespace {

std::string_view Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

std::filesystem::path SourceDirectory() {
  const std::string_view told = Environment("REDRESS_SOURCE_DIR");
  return told.empty() ? std::filesystem::path(REDRESS_SOURCE_DIR) : std::filesystem::path(told);
}

std::optional<std::filesystem::path> DataDirectory() {
  const std::string_view told = Environment("REDRESS_DATA");
  const std::filesystem::path directory = told.empty()
                                              ? SourceDirectory().parent_path() / "shared" / "data"
                                              : std::filesystem::path(told);
  if (std::filesystem::is_directory(directory)) return directory;
  if (Environment("CI") == "true") {
    throw std::runtime_error("the data sets are not at " + directory.string() +
                             "; set REDRESS_DATA to where they are");
  }
  return std::nullopt;
}

}  // namespace redress::test
