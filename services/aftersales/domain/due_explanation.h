#pragma once

// Why a case is due when it is, as its history recorded it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/deadline_repository.h"

namespace redress::aftersales {

struct DueExplanation {
  // Nothing but the times and the rule's name where the step was taken before reasons were kept.
  std::optional<DeadlineBasis> basis;
  std::string rule;
  std::string state;           // that the deadline belongs to
  std::uint32_t sequence = 0;  // of the step that armed it
  std::int64_t number = 0;
  std::int64_t start_at = 0;
  std::int64_t due_at = 0;
  std::int64_t warn_at = 0;
  std::int64_t skipped_us = 0;  // between start and due, not counted
  std::vector<TimeSpan> spans;  // with a calendar only
  bool more_spans = false;
};

inline constexpr std::size_t kMostSpansTold = 100;

// As the step of `sequence` left the case, 0 for now. Nothing where it had ended by then. Throws
// std::runtime_error for a snapshot that cannot be read.
std::optional<DueExplanation> ExplainDue(CaseRepository& cases, DeadlineRepository& deadlines,
                                         const Case& of, std::uint32_t sequence);

}  // namespace redress::aftersales
