#pragma once

// Steps read back with what they left behind.

#include "services/aftersales/domain/step.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {

struct StepAfter {
  Step step;
  Answer left;
};

// (shop, case, sequence) keys.
extern const platform::MultiRow kLoadStepsAfter;
// The same columns; what a statement goes on with, behind WHERE, is its own. `s.` are steps.
extern const char kSelectStepsAfter[];

StepAfter ReadStepAfter(platform::Result& row);

}  // namespace redress::aftersales
