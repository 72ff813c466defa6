#pragma once

// What effects on linked cases are as inbox rows, and what those are as commands.

#include <string>

#include "services/aftersales/domain/case_links.h"
#include "services/aftersales/domain/command.h"
#include "workflows/dispute/effects.h"
#include "workflows/refund/effects.h"
#include "workflows/review/effects.h"

namespace redress::aftersales {

// `from` is the case as the step leaves it; the step's sequence and time are filled in later.
CaseAsk AskOf(const workflows::refund::OpenDispute& effect, const Case& from);
CaseAsk AskOf(const workflows::refund::TellDispute& effect, const Case& from);
CaseAsk AskOf(const workflows::dispute::AskRefund& effect, const Case& from);
CaseAsk AskOf(const workflows::dispute::TellRefund& effect, const Case& from);
CaseAsk AskOf(const workflows::dispute::TellReview& effect, const Case& from);
CaseAsk AskOf(const workflows::review::AskDispute& effect, const Case& from);

// `link:<case>:<step>`: every attempt is one request, so that repeating it changes nothing.
std::string RequestIdOf(const CaseAsk& ask);
// `source` is the case that asks: what it is about, an opened one is about. What only the order
// service knows of a refund to be opened is left for the caller to fill in. Throws
// std::runtime_error for a row that no version has written.
CommandBody BodyOf(const CaseAsk& ask, const Case& source);

}  // namespace redress::aftersales
