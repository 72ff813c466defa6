#include "services/order/domain/merge.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace redress::order {
namespace {

OrderChange Create(const PreparedOrder& prepared, std::int64_t source_at, platform::IdSource& ids) {
  OrderChange change;
  change.outcome = Outcome::kCreated;
  change.order = prepared.order;
  Order& order = change.order;
  order.id = ids.New<OrderId>();
  order.source_at = source_at;
  order.version = 1;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    order.lines[i].id = ids.New<LineId>();
    change.lines.push_back(i);
  }
  for (std::size_t i = 0; i < order.shipments.size(); ++i) change.shipments.push_back(i);
  if (!prepared.receiver.empty()) change.receiver = prepared.receiver;
  if (!prepared.details.empty()) change.details = prepared.details;
  change.became_paid = order.paid_at != 0;
  // An imported fact keeps the time of its source.
  change.occurred_at = change.became_paid ? order.paid_at : order.order_at;
  return change;
}

// The stored lines brought up to date; true when one differs.
bool MergeLines(const std::vector<Line>& pushed, platform::IdSource& ids, OrderChange& change) {
  std::vector<Line>& lines = change.order.lines;
  std::unordered_map<std::string, Line*> stored;
  for (Line& line : lines) stored.emplace(line.number, &line);
  std::unordered_set<LineId> changed;
  std::vector<Line> added;
  for (const Line& line : pushed) {
    Line merged = line;
    const auto known = stored.find(line.number);
    if (known == stored.end()) {
      merged.id = ids.New<LineId>();
      changed.insert(merged.id);
      added.push_back(std::move(merged));
      continue;
    }
    merged.id = known->second->id;
    merged.adjusted_minor = known->second->adjusted_minor;
    if (merged != *known->second) {
      changed.insert(merged.id);
      *known->second = std::move(merged);
    }
    stored.erase(known);
  }
  for (const auto& [number, line] : stored) {
    if (line->removed) continue;
    line->removed = true;
    changed.insert(line->id);
  }
  lines.insert(lines.end(), std::make_move_iterator(added.begin()),
               std::make_move_iterator(added.end()));
  std::sort(lines.begin(), lines.end(),
            [](const Line& a, const Line& b) { return LineNumberLess(a.number, b.number); });
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (changed.contains(lines[i].id)) change.lines.push_back(i);
  }
  return !changed.empty();
}

bool MergeShipments(const std::vector<Shipment>& pushed, OrderChange& change) {
  std::vector<Shipment> before = std::exchange(change.order.shipments, pushed);
  for (std::size_t i = 0; i < pushed.size(); ++i) {
    if (std::find(before.begin(), before.end(), pushed[i]) == before.end()) {
      change.shipments.push_back(i);
    }
  }
  for (const Shipment& shipment : before) {
    if (std::none_of(pushed.begin(), pushed.end(), [&](const Shipment& each) {
          return each.tracking_number == shipment.tracking_number;
        })) {
      change.lost_shipments.push_back(shipment.tracking_number);
    }
  }
  return !change.shipments.empty() || !change.lost_shipments.empty();
}

// A source that names no buyer, receiver or details does not make those that are known unknown.
bool MergeCustomer(CustomerId pushed, OrderChange& change) {
  if (!pushed || pushed == change.order.customer) return false;
  change.order.customer = pushed;
  return true;
}

bool MergeReceiver(const PreparedOrder& prepared, OrderChange& change) {
  if (prepared.receiver.empty() || prepared.order.receiver_hash == change.order.receiver_hash) {
    return false;
  }
  change.receiver = prepared.receiver;
  change.order.receiver_hash = prepared.order.receiver_hash;
  return true;
}

bool MergeDetails(const PreparedOrder& prepared, OrderChange& change) {
  if (prepared.details.empty() || prepared.order.details_hash == change.order.details_hash) {
    return false;
  }
  change.details = prepared.details;
  change.order.details_hash = prepared.order.details_hash;
  return true;
}

bool MergeHeader(const PreparedOrder& prepared, OrderChange& change) {
  Order& order = change.order;
  const Order& pushed = prepared.order;
  const bool customer = MergeCustomer(pushed.customer, change);
  const bool receiver = MergeReceiver(prepared, change);
  const bool details = MergeDetails(prepared, change);
  change.new_subject = customer && !receiver && !order.receiver_hash.empty();
  change.new_details_subject = customer && !details && !order.details_hash.empty();
  change.became_paid = order.paid_at == 0 && pushed.paid_at != 0;
  const bool facts = order.status != pushed.status || order.region != pushed.region ||
                     order.order_at != pushed.order_at || order.paid_at != pushed.paid_at ||
                     order.derived != pushed.derived;
  order.status = pushed.status;
  order.region = pushed.region;
  order.order_at = pushed.order_at;
  order.paid_at = pushed.paid_at;
  order.derived = pushed.derived;
  return customer || receiver || details || facts;
}

}  // namespace

std::variant<OrderChange, Problem> Merge(const PreparedOrder& prepared, const Order* stored,
                                         std::int64_t now_us, platform::IdSource& ids) {
  const std::int64_t source_at = prepared.source_at.value_or(now_us);
  if (stored == nullptr) return Create(prepared, source_at, ids);
  if (stored->currency != prepared.order.currency) {
    return Problem{"currency_code", "is not " + stored->currency +
                                        ", in which the order is stored; an order keeps its "
                                        "currency"};
  }
  OrderChange change;
  change.order = *stored;
  if (source_at < stored->source_at) return change;
  const bool header = MergeHeader(prepared, change);
  const bool lines = MergeLines(prepared.order.lines, ids, change);
  const bool shipments = MergeShipments(prepared.order.shipments, change);
  change.newer_source = source_at > stored->source_at;
  change.order.source_at = source_at;
  if (header || lines || shipments) {
    change.outcome = Outcome::kChanged;
    ++change.order.version;
    change.occurred_at = change.became_paid ? change.order.paid_at : source_at;
  }
  return change;
}

}  // namespace redress::order
