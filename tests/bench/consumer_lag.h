#pragma once

#include <cstdint>
#include <string>

#include "tests/e2e/stack.h"

namespace redress::bench {

// The most events of `source` that wait in its stream for one of the deployment's consumers, as
// their metrics say (every two seconds anew).
std::uint64_t ConsumerLag(const e2e::Stack& stack, const std::string& source);

}  // namespace redress::bench
