#pragma once

// Many commands of one call through the engine, with one verdict each. Only so many are under way
// at once that the call leaves room for others, and a command for which the engine has no room is
// sent again for as long as the call has time.

#include <cstddef>
#include <memory>
#include <vector>

#include "services/aftersales/domain/case_engine.h"

namespace redress::aftersales {

// Most cases in one call.
inline constexpr std::size_t kMostCommands = 1000;

// The verdicts in the order of the commands; never throws for one of them. Blocks until the last is
// decided, at most until it expires. `done` of the commands is not used.
std::vector<Verdict> ApplyMany(CaseEngine& engine, std::vector<std::unique_ptr<Command>> commands,
                               std::size_t most_under_way = 64);

}  // namespace redress::aftersales
