#pragma once

// A machine as a page of tables in Markdown: its states, its deadlines, state × event, and every
// row with its guard. A picture is referred to as `KIND.svg` beside the page.

#include <string>

#include "workflows/machine/machine.h"

namespace redress::workflows {

std::string WritePage(const Workflow& workflow);

}  // namespace redress::workflows
