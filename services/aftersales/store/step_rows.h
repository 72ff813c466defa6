#pragma once

// The tables `steps` and `step_texts`.

#include <vector>

#include "services/aftersales/domain/step.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {

#define REDRESS_STEP_COLUMNS                                                           \
  "s.case_id, s.sequence, s.event, s.from_state, s.to_state, s.applied_at,"            \
  " s.actor_kind, s.actor_id, s.client, s.workflow_version, s.origin, s.request_id,"   \
  " s.digest, s.event_json, s.deadline_rule, s.text_digest, s.assignee_id, s.outcome," \
  " s.settled_minor, s.previous_at, s.snapshot, s.hash"

inline constexpr int kStepColumns = 23;

extern const platform::MultiRow kInsertSteps;
extern const platform::MultiRow kInsertTexts;

Step ReadStep(platform::Result& row);
void AppendStep(std::vector<platform::Value>& values, const Step& step);

}  // namespace redress::aftersales
