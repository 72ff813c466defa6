#pragma once

// A model of one refund case on one order line, small enough to be walked in full: every state,
// every event, every kind of actor, and a line that other cases may have used up meanwhile.
//
// Amounts are few and deadline numbers do not count, so the walk is finite; what the walk must know
// beside the machine's own progress (is a payment under way? was it paid?) is kept in Node.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "workflows/refund/refund.h"

namespace redress::workflows::refund {

inline constexpr std::int64_t kPaidForLine = 100;
inline constexpr std::int64_t kPartAmount = 60;
inline constexpr std::int64_t kSmallLimit = 50;

struct Node {
  std::string state;
  RefundProgress progress;
  Line line;
  int payments_made = 0;         // that settled the case: ours or the platform's
  bool payment_running = false;  // commanded, outcome not heard
  OrderShipping shipping = OrderShipping::kShipped;
  // The case's open warehouse tasks of these kinds, as the effects made and ended them.
  int replacements_to_send = 0;
  int parcels_to_stop = 0;
};

struct Setting {
  Variant variant = Variant::kRefundOnly;
  bool has_platform_id = false;
  bool non_returnable = false;
  std::int64_t others_settled = 0;  // what other cases took of the line while this one ran
  bool ships_later = false;         // the order is shipped at any time; else before the case
};

struct Violation {
  std::string what;
  std::vector<std::string> path;  // steps from opening, with their actors
};

struct Walk {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::set<std::string> states;
  std::set<std::tuple<std::string, std::string, std::string>> edges;  // source, event, target
  std::set<std::string> deadlines_fired;                              // rules
  std::vector<Violation> violations;                                  // at most a few
};

// Visits everything that can happen to a case in this setting. `platform_speaks` adds the
// platform's events, without which the case must be able to end as well.
Walk WalkEverything(const Setting& setting, bool platform_speaks);

}  // namespace redress::workflows::refund
