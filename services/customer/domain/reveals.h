// Who sees personal data in clear, and how often they may.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "services/customer/domain/customer.h"

namespace redress::customer {

using platform::OrderId;

// Stored numbers: never reused.
enum class RevealKind : std::uint8_t { kContact = 1, kReceiver = 2, kExport = 3 };

// One look at personal data in clear.
struct Reveal {
  std::uint64_t id = 0;
  RevealKind kind = RevealKind::kContact;
  CustomerId customer;  // none where the order names no customer
  OrderId order;        // kReceiver only
  AccountId account;
  std::string client;
  std::string reason;
  std::int64_t revealed_at = 0;
};

// Most reveals of one account, in any hour and in any day.
struct RevealLimits {
  std::size_t hour = 60;
  std::size_t day = 300;
};

// The span that limits look back on.
inline constexpr std::int64_t kRevealDayUs = std::int64_t{24} * 3600 * 1'000'000;
inline constexpr std::int64_t kRevealHourUs = std::int64_t{3600} * 1'000'000;

// How long an account has to wait for its next reveal; nothing where it may have it now. `times`
// are those of its reveals of the last day, newest first, at least the newest limits.day of them.
std::optional<std::int64_t> WaitForReveal(std::span<const std::int64_t> times, std::int64_t now_us,
                                          const RevealLimits& limits);

// Which reveals are listed: of one account, of one customer, or all; newest first.
struct RevealQuery {
  AccountId account = {};
  CustomerId customer = {};
  // Time and id of the last one seen.
  std::optional<std::pair<std::int64_t, std::uint64_t>> after = {};
  std::size_t limit = 50;
};

// Thread-safe.
class RevealLog {
 public:
  virtual ~RevealLog() = default;

  // Reasons of erased persons are empty.
  virtual std::vector<Reveal> List(ShopId shop, const RevealQuery& query) = 0;
};

}  // namespace redress::customer
