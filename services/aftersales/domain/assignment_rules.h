#pragma once

// Who may give a case to whom.

#include "services/aftersales/domain/command.h"
#include "services/platform/base/errors.h"

namespace redress::aftersales {

// Agents take what is nobody's, give up their own, and transfer their own with a note; supervisors
// assign everything. Throws Refusal.
void CheckAssignment(const Command& command, const Case& current, const AssignTo& assign);

platform::Refusal EndedAlready(const Case& current);

}  // namespace redress::aftersales
