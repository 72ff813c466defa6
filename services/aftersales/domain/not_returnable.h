#pragma once

// An agent's mark that a refund's goods cannot be returned: rejecting is free, approving needs a
// supervisor, and no timer approves, as for a line in one of the shop's categories.

#include "services/aftersales/domain/command.h"

namespace redress::aftersales {

// Throws Refusal: for a case of another kind or one that has ended, and for an agent who takes a
// mark back, since approving alone would follow.
void CheckMark(const Command& command, const Case& current, const MarkNotReturnable& mark);

}  // namespace redress::aftersales
