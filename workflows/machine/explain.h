#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflows/machine/machine.h"

namespace redress::workflows {

// Why an event that has no row in `state` is refused: expected names the states it is legal in,
// each once, found names the state.
Refusal ExplainUnhandled(std::string_view state, const std::vector<std::string_view>& legal_in);

// What a requirement answers when it fails; its code is filled in by the table.
inline Refusal Wanted(std::string expected, std::string found) {
  return {{}, std::move(expected), std::move(found)};
}
inline Refusal AtMost(std::int64_t bound, std::string_view what, std::int64_t found) {
  return Wanted("amount at most " + std::to_string(bound) + " (" + std::string(what) + ")",
                std::to_string(found));
}

}  // namespace redress::workflows
