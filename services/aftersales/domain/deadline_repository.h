#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/aftersales/domain/deadline_rules.h"
#include "services/aftersales/domain/request.h"

namespace redress::aftersales {

// A case whose armed deadline is due, or at half time.
struct DueTimer {
  ShopId shop;
  CaseId case_id;
  std::int64_t number = 0;
  std::int64_t due_at = 0;
  std::int64_t warn_at = 0;  // 0: the supervisor was warned
};

// Who sets something, from which version on, and when.
struct DatedChange {
  WriteRequest request;
  // The latest version that the caller saw, 0 for none; nothing where they did not look.
  std::optional<std::uint32_t> seen_version = std::nullopt;
  AccountId set_by;
  std::int64_t now_us = 0;
};

// Rules and calendars are read as a whole, so a shop has no more than this of each.
inline constexpr std::size_t kMostRuleVersions = 2'000;
inline constexpr std::size_t kMostCalendarVersions = 500;

class DeadlineRepository {
 public:
  virtual ~DeadlineRepository() = default;

  // Of all shops, the longest due first.
  virtual std::vector<DueTimer> Due(std::int64_t now_us, std::size_t limit) = 0;
  // How many timers are due now, counted up to `most`.
  virtual std::size_t CountDue(std::int64_t now_us, std::size_t most) = 0;

  // All that the shop has ever set; without its zone.
  virtual DeadlineSettings Settings(ShopId shop) = 0;
  virtual std::optional<BusinessCalendar> FindCalendar(ShopId shop, std::string_view name,
                                                       std::uint32_t version) = 0;
  // Store the next version; a repeat answers what the first call stored. Throw Refusal ABORTED when
  // the latest version is not the one that was seen, FAILED_PRECONDITION where there are too many.
  virtual DeadlineRuleRow SetRule(ShopId shop, const DatedChange& change,
                                  const DeadlineRuleRow& rule) = 0;
  virtual BusinessCalendar SetCalendar(ShopId shop, const DatedChange& change,
                                       const BusinessCalendar& calendar) = 0;
};

}  // namespace redress::aftersales
