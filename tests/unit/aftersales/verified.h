#pragma once

// Histories from a Desk, verified as the service verifies stored ones.

#include <span>
#include <string>
#include <string_view>

#include "services/aftersales/domain/history_check.h"

namespace redress::aftersales {

// Against this row, which is stored as one of the kind.
HistoryReport VerifyAs(std::string_view kind, std::span<const Step> steps, const Case& row);

// The findings, a line each.
std::string Told(const HistoryReport& report);

}  // namespace redress::aftersales
