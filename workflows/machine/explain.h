#pragma once

#include <string_view>
#include <vector>

#include "workflows/machine/machine.h"

namespace redress::workflows {

// Why an event that has no row in `state` is refused: expected names the states it is legal in,
// each once, found names the state.
Refusal ExplainUnhandled(std::string_view state, const std::vector<std::string_view>& legal_in);

}  // namespace redress::workflows
