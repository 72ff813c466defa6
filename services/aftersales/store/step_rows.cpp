#include "services/aftersales/store/step_rows.h"

namespace redress::aftersales {
namespace {

constexpr std::size_t kMaxRows = 64;
constexpr char kInsertStepsHead[] =
    "INSERT INTO steps (shop_id, case_id, sequence, event, from_state, to_state, applied_at,"
    " actor_kind, actor_id, client, workflow_version, origin, request_id, digest, event_json,"
    " deadline_rule, text_digest, assignee_id, outcome, settled_minor, previous_at, snapshot,"
    " hash) VALUES ";
constexpr char kInsertTextsHead[] =
    "INSERT INTO step_texts (shop_id, case_id, sequence, sealed) VALUES ";

}  // namespace

const platform::MultiRow kInsertSteps(kInsertStepsHead, kStepColumns, "", kMaxRows);
const platform::MultiRow kInsertTexts(kInsertTextsHead, 4, "", kMaxRows);

Step ReadStep(platform::Result& result) {
  Step s;
  RowCursor row(result);
  row >> s.shop, row >> s.case_id, row >> s.sequence, row >> s.event, row >> s.from_state;
  row >> s.to_state, row >> s.applied_at, row >> s.actor_kind, row >> s.actor, row >> s.client;
  row >> s.workflow_version, row >> s.origin, row >> s.request_id, row >> s.digest;
  row >> s.event_json, row >> s.deadline_rule, row >> s.text_digest, row >> s.assignee;
  row >> s.outcome, row >> s.settled_minor, row >> s.previous_at, row >> s.snapshot;
  row >> s.hash;
  return s;
}

void AppendStep(std::vector<platform::Value>& values, const Step& s) {
  values.insert(values.end(), {s.shop,
                               s.case_id,
                               s.sequence,
                               s.event,
                               s.from_state,
                               s.to_state,
                               s.applied_at,
                               Number(s.actor_kind),
                               s.actor,
                               s.client,
                               s.workflow_version,
                               Number(s.origin),
                               s.request_id,
                               s.digest,
                               s.event_json,
                               s.deadline_rule,
                               s.text_digest,
                               s.assignee,
                               s.outcome,
                               s.settled_minor,
                               s.previous_at,
                               s.snapshot,
                               s.hash});
}

}  // namespace redress::aftersales
