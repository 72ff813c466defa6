#pragma once

// Reading whole histories: verifying one, and looking at a case as it was.

#include <cstdint>
#include <optional>

#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/history_check.h"

namespace redress::aftersales {

// Walks all steps of one case in pages; see history_check.h for what it proves. Steps that are
// taken meanwhile are walked, too: a case that moves is no finding. Nothing for a case that has
// neither a row nor a step.
std::optional<HistoryReport> VerifyHistory(CaseRepository& cases, ShopId shop, CaseId id);

// A case as one of its steps left it.
struct CaseAsOf {
  Case after;
  Step step;
  Hash previous{};  // hash of the step before
};

// After the last step at or before a moment, or after the step of a sequence. Nothing before the
// first step and beyond the last sequence. Fields that are fixed at opening are the row's. Throws
// std::runtime_error for a snapshot that cannot be read.
std::optional<CaseAsOf> CaseAt(CaseRepository& cases, const Case& now, std::int64_t at_us);
std::optional<CaseAsOf> CaseAfter(CaseRepository& cases, const Case& now, std::uint32_t sequence);

}  // namespace redress::aftersales
