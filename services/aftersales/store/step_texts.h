#pragma once

// Free text beside steps, sealed as it is written.

#include <span>

#include "services/aftersales/domain/stepper.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

void WriteStepTexts(platform::Connection& db, platform::Sealer& sealer,
                    std::span<const TextRow> texts);

}  // namespace redress::aftersales
