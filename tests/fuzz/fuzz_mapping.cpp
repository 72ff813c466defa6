// The reader of mappings: a mapping, or MappingError that names the file.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "clients/importing/mapping.h"

using namespace redress::importing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    ParseMapping(std::string(reinterpret_cast<const char*>(data), size), "fuzzed.toml");
  } catch (const MappingError& error) {
    if (std::string(error.what()).find("fuzzed.toml") == std::string::npos) std::abort();
  }
  return 0;
}
