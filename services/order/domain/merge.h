// What a pushed order does to the stored one. Pure: the same inputs decide the same.
//
// The source gives the whole order each time. Lines keep their id by their number; one that is no
// longer named stays, removed. A push older than the stored one changes nothing; neither does one
// that says what is known already. Order and line that are new get their ids from the caller.
//
// What somebody of the shop changed (receiver, price before payment, memo) stands against every
// push whose source changed the order earlier, and yields to every later one: the newer word wins.
// What was paid is always what the source says. What carriers told of a parcel stays with it; of
// two times of receipt the earlier one holds then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/order/domain/order.h"
#include "services/order/domain/order_input.h"

namespace redress::order {

// What a line cost before and costs now.
struct LinePrice {
  LineId line;
  std::int64_t before_minor = 0;
  std::int64_t after_minor = 0;

  bool operator==(const LinePrice&) const = default;
};

enum class Outcome { kCreated, kChanged, kUnchanged };

// What has to be written. `order` is complete, also where nothing changed.
struct OrderChange {
  Outcome outcome = Outcome::kUnchanged;
  Order order;
  bool newer_source = false;                // unchanged, but the header has to be kept
  bool became_paid = false;                 // paid now, and not before
  std::vector<std::size_t> lines;           // indexes of new and changed lines
  std::vector<std::size_t> shipments;       // indexes of new and changed parcels
  std::vector<std::string> lost_shipments;  // tracking numbers no longer named
  bool new_customer = false;                // whatever is sealed now belongs to the customer's key
  std::optional<Receiver> receiver;         // to be sealed anew
  bool new_subject = false;                 // the known receiver now belongs to the customer's key
  std::optional<Details> details;           // to be sealed anew
  bool new_details_subject = false;         // the known details now belong to the customer's key
  std::int64_t occurred_at = 0;             // for the event
  bool left_unpaid = false;                 // it waited to be paid, and does not any more
  std::optional<MemoText> memo;             // newer than the one that is known
  bool replaced_receiver = false;           // the source's receiver replaces a known one
  std::vector<LinePrice> overruled_prices;  // the source's price replaces one of the shop
};

// `prepared.order` carries customer, receiver_hash and details_hash already. Throws nothing.
std::variant<OrderChange, Problem> Merge(const PreparedOrder& prepared, const Order* stored,
                                         std::int64_t now_us, platform::IdSource& ids);

}  // namespace redress::order
