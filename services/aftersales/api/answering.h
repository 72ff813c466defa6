#pragma once

// How a command of an asynchronous call is answered: by the engine's answering thread.

#include <functional>
#include <memory>

#include "services/aftersales/domain/case_engine.h"
#include "services/platform/server/pending_call.h"

namespace redress::aftersales {

// `fill` maps the answer into the response; call, request and response live until `done` was
// called. Throws what Submit throws.
void AnswerLater(CaseEngine& engine, std::unique_ptr<Command> command, platform::Done done,
                 std::function<void(const Answer&)> fill);

// People say which version they saw; throws InvalidField when they did not.
void RequireVersion(Command& command, std::uint32_t version);

}  // namespace redress::aftersales
