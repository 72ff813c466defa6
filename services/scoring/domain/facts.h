#pragma once

// What scoring knows: the part of each event that figures need. A fact is keyed by (shop, source,
// aggregate, sequence); a known key changes nothing, so facts may come late, repeated and in any
// order.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "services/platform/base/ids.h"

namespace redress::scoring {

using platform::AccountId;
using platform::OrderId;
using platform::ShopId;

// The service whose history an aggregate belongs to: ids are unique within one service only.
enum class Source : std::uint8_t { kOrder = 1, kAftersales = 2 };

std::string_view SourceName(Source source);  // "order", "aftersales"
Source SourceOfName(std::string_view name);  // throws std::invalid_argument

struct AggregateId {
  ShopId shop = {};
  Source source = Source::kOrder;
  std::uint64_t id = 0;

  auto operator<=>(const AggregateId&) const = default;
};

// The kind of a good review that was imported: known, and no case in any figure.
inline constexpr char kPraise[] = "praise";

// One step of a case.
struct CaseFact {
  std::string kind = {};      // e.g. `refund`
  std::string event = {};     // e.g. `Approve`
  std::string to_state = {};  // after the step
  bool is_final = false;
  std::string actor_kind = {};
  AccountId assignee = {};  // when the step was applied; none for nobody
  OrderId order = {};
  std::string currency = {};
  std::int64_t opened_at_us = 0;
  std::int64_t order_paid_at_us = 0;  // 0 where unknown
  std::string outcome = {};           // empty for most steps
  std::int64_t settled_minor = 0;     // with outcome `settled`
  std::int64_t resolve_by_us = 0;     // 0 for kinds that promise nothing
  std::string review_change = {};     // of a review: `revised`, `removed`, or empty
  bool revision_possible = false;     // of a review: whether its platform lets a buyer revise
  std::string from_state = {};        // before the step; empty for the opening
  std::uint32_t workflow_version = 0;

  bool operator==(const CaseFact&) const = default;
};

// A whole order after a change.
struct OrderFact {
  std::uint32_t version = 0;
  std::string currency = {};
  std::string status = {};
  std::int64_t paid_at_us = 0;  // 0 while unpaid
  std::int64_t paid_minor = 0;  // over all lines

  bool operator==(const OrderFact&) const = default;
};

// A refund or a correction of the books made outside Redress.
struct AdjustmentFact {
  bool is_refund = false;
  OrderId order = {};
  std::string currency = {};
  std::int64_t amount_minor = 0;
  std::int64_t order_paid_at_us = 0;  // 0 where no order was found

  bool operator==(const AdjustmentFact&) const = default;
};

struct Fact {
  AggregateId aggregate = {};
  std::uint32_t sequence = 0;
  std::int64_t occurred_at_us = 0;
  std::variant<CaseFact, OrderFact, AdjustmentFact> what;

  bool operator==(const Fact&) const = default;
};

}  // namespace redress::scoring
