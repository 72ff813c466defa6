#pragma once

// Facts as rows of their tables.

#include <span>
#include <vector>

#include "services/platform/database/connection.h"
#include "services/scoring/domain/facts.h"

namespace redress::scoring {

void InsertFacts(platform::Connection& connection, std::span<const Fact> facts, bool overwrite);

// Appends every fact of the aggregates.
void SelectFacts(platform::Connection& connection, std::span<const AggregateId> aggregates,
                 std::vector<Fact>& facts);

void DeleteFacts(platform::Connection& connection, std::span<const AggregateId> aggregates);

}  // namespace redress::scoring
