#pragma once

#include <span>

#include "services/aftersales/domain/stepper.h"
#include "services/platform/database/connection.h"

namespace redress::aftersales {

// Locks and loads all that the commands can touch, then looks up the request_ids of those that may
// be repeats: after the locks, so that a commit which was still under way is seen. Inside the
// batch's transaction.
LoadedBatch LoadBatch(platform::Connection& db, std::span<Command* const> commands);

}  // namespace redress::aftersales
