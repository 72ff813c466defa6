#pragma once

// Looking over all cases at once: whether each row agrees with the machine and with the rows beside
// it, and where the live cases are before a machine is changed. Pure but for the repository.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/case.h"

namespace redress::aftersales {

// What the database holds about one case, read at one moment. Amounts are minor units.
struct ScannedCase {
  CaseId id;
  std::uint64_t number = 0;
  std::string kind;
  std::string state;
  bool final = false;
  bool imported = false;  // see past_case.h: no machine has its state
  std::string deadline_rule;
  std::string deadline_condition;
  std::int64_t due_at = 0;  // 0: NULL
  std::int64_t warn_at = 0;
  std::int64_t timer_at = 0;
  std::int64_t reserved = 0;
  std::int64_t settled = 0;
  bool settled_by_us = false;
  // The settlement's; state 0 where there is none.
  std::int64_t payment_amount = 0;
  std::uint8_t payment_state = 0;
  // The line's ledger row, and the sums over its cases; no row where it is about no line's money.
  bool has_line = false;
  std::int64_t line_reserved = 0;
  std::int64_t line_settled = 0;
  std::int64_t cases_reserved = 0;
  std::int64_t cases_settled = 0;
  // Warehouse tasks: those that the case waits for, those of them that are open, and all open ones.
  std::uint32_t awaited_tasks = 0;
  std::uint32_t awaited_open_tasks = 0;
  std::uint32_t open_tasks = 0;
};

struct ScanFinding {
  CaseId id;
  std::uint64_t number = 0;
  std::string_view invariant;  // a stable code, e.g. "DEADLINE_NOT_ARMED"
  std::string expected;
  std::string found;
};

std::vector<ScanFinding> CheckCase(const ScannedCase& of);

// Open cases that are alike for a machine.
struct LiveCases {
  std::string kind;
  std::uint32_t workflow_version = 0;
  std::string state;
  std::string deadline_rule;
  std::string deadline_condition;
  std::uint32_t count = 0;
  std::vector<std::uint64_t> numbers;  // some of them
};
inline constexpr std::size_t kMostNumbersTold = 5;

struct LiveCase {
  CaseId id;
  std::uint64_t number = 0;
  std::string kind;
  std::uint32_t workflow_version = 0;
  std::string state;
  std::string deadline_rule;
  std::string deadline_condition;
};
std::vector<LiveCases> GroupLive(const std::vector<LiveCase>& cases);

class CaseScanRepository {
 public:
  virtual ~CaseScanRepository() = default;
  // All cases of the shop, and the open ones, by id above `after`.
  virtual std::vector<ScannedCase> Scan(ShopId shop, CaseId after, std::size_t limit) = 0;
  virtual std::vector<LiveCase> Live(ShopId shop, CaseId after, std::size_t limit) = 0;
};

// Scans all shops over and over, a little at a time: what the metric shows between two scans that
// somebody asks for.
class RollingScan {
 public:
  struct Options {
    std::size_t at_once = 200;
    // Once all shops were scanned: how many findings there were.
    std::function<void(std::size_t findings)> on_pass;
  };
  // References outlive it.
  RollingScan(Options options, std::function<std::vector<ShopId>()> shops,
              CaseScanRepository& scan);

  // Looks at some cases; false: the next look has time.
  bool Round();

 private:
  const Options options_;
  const std::function<std::vector<ShopId>()> shops_;
  CaseScanRepository& scan_;
  ShopId shop_;
  CaseId after_;
  std::size_t findings_ = 0;
};

}  // namespace redress::aftersales
