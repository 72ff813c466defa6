#pragma once

// Free text beside steps, sealed as it is written.

#include <span>

#include "services/aftersales/domain/stepper.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

// Refuses with SUBJECT_ERASED where a text is about somebody who was erased.
void WriteStepTexts(platform::Connection& db, platform::Sealer& sealer,
                    std::span<const TextRow> texts);
// The past comes as it was: a text about somebody who was erased is left out.
void WriteImportedTexts(platform::Connection& db, platform::Sealer& sealer,
                        std::span<const TextRow> texts);

}  // namespace redress::aftersales
