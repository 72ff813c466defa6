#pragma once

// A calendar's hours as texts for a row: "540-720,810-1080;…" with one part per weekday from Monday
// on, in minutes of the day, and a line "2026-10-01 540-720 NAME" per special day, "-" for closed.

#include <string>
#include <string_view>

#include "services/aftersales/domain/business_calendar.h"

namespace redress::aftersales {

std::string WeekText(const BusinessCalendar& calendar);
std::string SpecialDaysText(const BusinessCalendar& calendar);

// Throw std::runtime_error for a text that the above have not written.
void ReadWeek(std::string_view text, BusinessCalendar& into);
void ReadSpecialDays(std::string_view text, BusinessCalendar& into);

}  // namespace redress::aftersales
