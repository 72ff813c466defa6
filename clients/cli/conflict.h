#pragma once

#include <string>

#include "clients/cli/context.h"
#include "clients/cpp/call_error.h"

namespace redress::cli {

// Where a command lost against a colleague (VERSION_CONFLICT), tells on the error stream who
// changed the case, how long ago and how, and what may be done with it now. Tells nothing of other
// errors, nor where it cannot be found out: the error itself is told by whoever caught it.
void TellOfConflict(Context& context, const client::CallError& error, const std::string& case_id);

}  // namespace redress::cli
