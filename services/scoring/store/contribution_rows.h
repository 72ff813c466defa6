#pragma once

// Contributions and the daily sums over them as rows. Sums are kept by adding differences; they
// change in the transaction that changes the contributions.

#include <span>
#include <vector>

#include "services/platform/database/connection.h"
#include "services/scoring/domain/contribution.h"

namespace redress::scoring {

std::vector<Contribution> SelectContributions(platform::Connection& connection,
                                              std::span<const AggregateId> aggregates);

// Writes only what differs.
void WriteContributions(platform::Connection& connection, std::span<const Contribution> old_ones,
                        std::span<const Contribution> new_ones);

// Makes a shop's daily sums anew from its contributions.
void RewriteDailySums(platform::Connection& connection, ShopId shop);

}  // namespace redress::scoring
