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
  if (!order.memo_hash.empty()) {
    change.memo = MemoText{prepared.memo_flag, prepared.details.memo};
    order.memo_at = source_at;
  }
  // An imported fact keeps the time of its source.
  change.occurred_at = change.became_paid ? order.paid_at : order.order_at;
  return change;
}

// Whether the shop's price holds against this word of the source: it is older, and does not say
// that the order was paid.
bool ShopsPriceHolds(const Order& pushed, std::int64_t source_at, const Order& stored) {
  return stored.price_at != 0 && source_at < stored.price_at && pushed.paid_at == 0;
}

// The pushed lines, with the shop's prices where they hold. Postage that the shop added is no line
// of an older push.
std::vector<Line> PricedLines(const Order& pushed, const Order& stored) {
  std::vector<Line> lines = pushed.lines;
  for (const Line& known : stored.lines) {
    if (known.removed) continue;
    const auto same = std::find_if(lines.begin(), lines.end(),
                                   [&](const Line& each) { return each.number == known.number; });
    if (same != lines.end()) {
      same->paid_minor = known.paid_minor;
    } else if (known.postage) {
      lines.push_back(known);
    }
  }
  return lines;
}

// The prices of the shop that the source's replace.
std::vector<LinePrice> OverruledPrices(const std::vector<Line>& pushed, const Order& stored) {
  std::vector<LinePrice> prices;
  for (const Line& known : stored.lines) {
    if (known.removed) continue;
    const auto same = std::find_if(pushed.begin(), pushed.end(),
                                   [&](const Line& each) { return each.number == known.number; });
    const std::int64_t now = same == pushed.end() ? 0 : same->paid_minor;
    if (now != known.paid_minor) prices.push_back({known.id, known.paid_minor, now});
  }
  return prices;
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

// The source's word of a parcel, with what its carrier told.
std::vector<Shipment> WithTracks(std::vector<Shipment> pushed, const std::vector<Shipment>& known) {
  for (Shipment& parcel : pushed) {
    for (const Shipment& each : known) {
      if (each.tracking_number != parcel.tracking_number) continue;
      parcel.state = each.state;
      parcel.tracked_at = each.tracked_at;
      const bool earlier = parcel.received_at == 0 || each.received_at < parcel.received_at;
      if (each.tracked_at != 0 && each.received_at != 0 && earlier) {
        parcel.received_at = each.received_at;
      }
    }
  }
  return pushed;
}

bool MergeShipments(const std::vector<Shipment>& source, OrderChange& change) {
  const std::vector<Shipment> pushed = WithTracks(source, change.order.shipments);
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

bool MergeReceiver(const PreparedOrder& prepared, std::int64_t source_at, OrderChange& change) {
  Order& order = change.order;
  if (prepared.receiver.empty() || source_at < order.receiver_at) return false;
  const bool was_shops = std::exchange(order.receiver_at, 0) != 0;
  if (prepared.order.receiver_hash == order.receiver_hash) {
    change.newer_source |= was_shops;
    return false;
  }
  change.replaced_receiver = !order.receiver_hash.empty();
  if (change.replaced_receiver) ++order.receiver_version;
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

// A memo is no fact of figures: it changes without an event.
void MergeMemo(const PreparedOrder& prepared, std::int64_t source_at, OrderChange& change) {
  Order& order = change.order;
  const std::string& hash = prepared.order.memo_hash;
  if (hash.empty() || hash == order.memo_hash || source_at < order.memo_at) return;
  change.memo = MemoText{prepared.memo_flag, prepared.details.memo};
  order.memo_hash = hash;
  order.memo_at = source_at;
  change.newer_source = true;
}

bool MergeHeader(const PreparedOrder& prepared, std::int64_t source_at, OrderChange& change) {
  Order& order = change.order;
  const Order& pushed = prepared.order;
  const bool customer = MergeCustomer(pushed.customer, change);
  const bool receiver = MergeReceiver(prepared, source_at, change);
  const bool details = MergeDetails(prepared, change);
  change.new_customer = customer;
  change.new_subject = customer && !change.receiver && !order.receiver_hash.empty();
  change.new_details_subject = customer && !details && !order.details_hash.empty();
  change.became_paid = order.paid_at == 0 && pushed.paid_at != 0;
  change.left_unpaid =
      order.status == OrderStatus::kWaitBuyerPay && pushed.status != OrderStatus::kWaitBuyerPay;
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
  change.newer_source = source_at > stored->source_at;
  const bool header = MergeHeader(prepared, source_at, change);
  MergeMemo(prepared, source_at, change);
  const bool holds = ShopsPriceHolds(prepared.order, source_at, *stored);
  if (!holds && stored->price_at != 0) {
    change.overruled_prices = OverruledPrices(prepared.order.lines, *stored);
    change.order.price_at = 0;
    change.newer_source = true;
  }
  const bool lines =
      MergeLines(holds ? PricedLines(prepared.order, *stored) : prepared.order.lines, ids, change);
  const bool shipments = MergeShipments(prepared.order.shipments, change);
  change.order.source_at = source_at;
  if (header || lines || shipments) {
    change.outcome = Outcome::kChanged;
    ++change.order.version;
    change.occurred_at = change.became_paid ? change.order.paid_at : source_at;
  }
  return change;
}

}  // namespace redress::order
