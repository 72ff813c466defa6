#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/aftersales/domain/command.h"

namespace redress::aftersales {

// A report as it is kept: its kind, its count of units (1 for a parcel that was caught) and its
// reason; other kinds leave 0 and "".
enum class ReportKind : std::uint8_t {
  kReceived = 1,
  kInspected = 2,
  kFailed = 3,
  kShipped = 4,
  kPacked = 5,
  kIntercepted = 6
};
ReportKind KindOf(const TaskReport& report);
std::int32_t QuantityOf(const TaskReport& report);
std::string_view ReasonOf(const TaskReport& report);

// The members of the report's step.
std::string MembersOf(const ReportOnTask& report);

}  // namespace redress::aftersales
