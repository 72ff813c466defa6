#pragma once

// Rules, calendars and explanations of deadlines as messages of the API.

#include "redress/aftersales/v1/deadline_service.pb.h"
#include "redress/aftersales/v1/workflow_service.pb.h"
#include "services/aftersales/domain/deadline_rules.h"
#include "services/aftersales/domain/due_explanation.h"

namespace redress::aftersales {

void ToProto(const DeadlineRuleRow& from, v1::DeadlineRule& to);
void ToProto(const BusinessCalendar& from, v1::BusinessCalendar& to);
void ToProto(const DueExplanation& from, v1::DeadlineExplanation& to);

// Without version and date. Throws InvalidField for a weekday that is named twice, or a date that
// is none.
BusinessCalendar CalendarOf(const v1::SetCalendarRequest& from);

}  // namespace redress::aftersales
