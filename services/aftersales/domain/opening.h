#pragma once

// The rules of opening a case. No amount from a caller is believed: what may be asked for comes
// from the line's ledger row, just brought up to date from the order service.

#include "services/aftersales/domain/command.h"

namespace redress::aftersales {

// Throws Refusal: FAILED_PRECONDITION for an unpaid order, another currency, or more than the line
// has left; INVALID_ARGUMENT for more units than were bought.
void CheckOpening(const OpenCase& open, const LedgerRow& line);

// Whether a case about this order and line (0: the whole order) may repeat an earlier one: it is
// about the same, and has ended. Both stay so. Throws Refusal FAILED_PRECONDITION.
void CheckRepeats(const Case& earlier, OrderId order, LineId line);

// The case before its first step: version 0, in the machine's initial state, no deadline yet.
Case CaseToOpen(const Command& command, const OpenCase& open, const LedgerRow& line);
Case CaseToOpen(const Command& command, const OpenDispute& open);
Case CaseToOpen(const Command& command, const OpenReview& open);

// The facts about the order that no later step changes.
void AddFixedMembers(std::string& members, const Case& opened);

// What was asked for, and the facts about the order that no later step changes: a history alone
// vouches for them.
std::string MembersOf(const OpenCase& open, const Case& opened);
std::string MembersOf(const OpenDispute& open, const Case& opened);
std::string MembersOf(const OpenReview& open, const Case& opened);

}  // namespace redress::aftersales
