#pragma once

// The tables `case_inbox` and `case_links` as statements and mappings.

#include <vector>

#include "services/aftersales/domain/case_links.h"
#include "services/aftersales/store/row_cursor.h"
#include "services/platform/database/rows.h"

namespace redress::aftersales {

#define REDRESS_ASK_COLUMNS                                                       \
  "i.source_case_id, i.sequence, i.case_id, i.kind, i.event, i.members, i.state," \
  " i.refusal, i.attempts, i.asked_at"

extern const platform::MultiRow kInsertAsks;
// A link that is there stays as it is.
extern const platform::MultiRow kInsertLinks;

CaseAsk ReadAsk(platform::Result& row);
// The texts stay with `ask`. A new row is due at once.
void AppendAsk(std::vector<platform::Value>& values, const CaseAsk& ask);
// Both directions.
void AppendLink(std::vector<platform::Value>& values, const CaseLink& link);

}  // namespace redress::aftersales
