#pragma once

// What the machine refused, as callers are told.

#include <string_view>

#include "services/aftersales/domain/command.h"
#include "workflows/machine/machine.h"

namespace redress::aftersales {

// Of a line that has nothing left: what goes beyond what was paid is no refund but a compensation.
platform::Refusal NothingOwed(const LedgerRow& line);

// FAILED_PRECONDITION with the machine's code; a person who asks for more of a line that has
// nothing left is told of compensations instead.
platform::Refusal RefusalOf(const workflows::Refusal& refusal, const Command& command,
                            const LedgerRow& line, const Case& current, std::string_view event);

}  // namespace redress::aftersales
