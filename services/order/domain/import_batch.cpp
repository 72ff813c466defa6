#include "services/order/domain/import_batch.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "services/platform/base/text.h"

namespace redress::order {
namespace {

ImportOutcome ToImport(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return ImportOutcome::kCreated;
    case Outcome::kChanged:
      return ImportOutcome::kChanged;
    case Outcome::kUnchanged:
      return ImportOutcome::kUnchanged;
  }
  return ImportOutcome::kUnchanged;
}

// When the answer of a COMMIT was lost, the body runs again and finds what it wrote itself: the
// client is told what became of its item then.
ImportOutcome OutcomeOf(const OrderChange& change, const NumberKey& key, WrittenOrders& written) {
  const std::uint32_t version = change.order.version;
  if (change.outcome != Outcome::kUnchanged) {
    written[key] = version;
    return ToImport(change.outcome);
  }
  const auto before = written.find(key);
  if (before == written.end() || before->second != version) return ImportOutcome::kUnchanged;
  return version == 1 ? ImportOutcome::kCreated : ImportOutcome::kChanged;
}

template <class Pending>
void Refuse(const Pending& pending, Problem problem) {
  *pending.result = {ImportOutcome::kRefused, std::move(problem), false};
}

// A batch that the storage refuses is tried item by item, so that the bad one fails alone.
template <class Pending, class Run>
void StoreOrIsolate(std::span<const Pending> items, const char* number_field, Run run) {
  try {
    run(items);
    return;
  } catch (const StorageRefused&) {
    if (items.size() == 1) {
      Refuse(items.front(), {number_field, "could not be stored; check the record's values"});
      return;
    }
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    StoreOrIsolate(items.subspan(i, 1), number_field, run);
  }
}

void AppendPart(std::string& out, std::string_view part) {
  out += std::to_string(part.size());
  out += ':';
  out += part;
}

struct CustomerAndSku {
  std::vector<CustomerId> customers;
  std::vector<std::string> skus;
  std::int64_t latest = 0;
};

// A nick, the latest word of how its buyer is reached, and what waits to name its customer.
struct Asked {
  Buyer buyer;
  std::vector<CustomerId*> targets;
};

// What the candidates of the refunds have in common, for one bounded read.
CustomerAndSku WhatToRead(std::span<const Adjustment> refunds) {
  CustomerAndSku wanted;
  for (const Adjustment& refund : refunds) {
    if (refund.correction || !refund.customer) continue;
    wanted.customers.push_back(refund.customer);
    wanted.skus.push_back(refund.sku);
    wanted.latest = std::max(wanted.latest, refund.adjust_at);
  }
  const auto distinct = [](auto& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  distinct(wanted.customers);
  distinct(wanted.skus);
  return wanted;
}

// The matched line in the locked order; null when the order has changed meanwhile.
Line* StillFits(const Adjustment& refund, Order& order, LineId id) {
  for (Line& line : order.lines) {
    if (line.id != id || line.removed) continue;
    const Candidate now{order.id, line.id,        order.number,    line.number,   order.customer,
                        line.sku, order.currency, line.unit_price, line.quantity, order.order_at};
    return Fits(refund, now) ? &line : nullptr;
  }
  return nullptr;
}

// Locks the matched orders, lowers their lines' ceilings and names the orders in the refunds.
std::vector<OrderChange> ApplyMatches(OrderTransaction& transaction, ShopId shop,
                                      std::vector<Adjustment>& refunds) {
  std::vector<OrderId> ids;
  for (const Adjustment& refund : refunds) {
    if (refund.order) ids.push_back(refund.order);
  }
  if (ids.empty()) return {};
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::map<OrderId, OrderChange> changes;
  for (Order& order : transaction.LockById(shop, ids)) {
    const OrderId id = order.id;
    changes[id].order = std::move(order);
  }
  for (Adjustment& refund : refunds) {
    if (!refund.order) continue;
    const auto found = changes.find(refund.order);
    if (found == changes.end()) transaction.Restart();
    OrderChange& change = found->second;
    Line* line = StillFits(refund, change.order, refund.line);
    if (line == nullptr) transaction.Restart();
    refund.order_paid_at = change.order.paid_at;
    if (refund.amount_minor == 0) continue;
    line->adjusted_minor = std::min(line->adjusted_minor + refund.amount_minor, kMaxLineMinor);
    const std::size_t index = line - change.order.lines.data();
    if (std::find(change.lines.begin(), change.lines.end(), index) == change.lines.end()) {
      change.lines.push_back(index);
    }
    change.outcome = Outcome::kChanged;
    change.occurred_at = std::max(change.occurred_at, refund.adjust_at);
  }
  std::vector<OrderChange> result;
  for (auto& [id, change] : changes) {
    if (change.outcome == Outcome::kUnchanged) continue;
    ++change.order.version;
    result.push_back(std::move(change));
  }
  return result;
}

}  // namespace

Buyer BuyerOf(const PreparedOrder& order, std::int64_t now_us) {
  return {order.buyer_nick, order.receiver, order.source_at.value_or(now_us)};
}

void KnowCustomers(const CustomersOf& customers_of, std::span<PendingOrder> orders,
                   std::span<PendingAdjustment> adjustments, std::int64_t now_us) {
  std::map<std::string, std::map<std::string, Asked>> wanted;
  for (PendingOrder& each : orders) {
    PreparedOrder& order = each.prepared;
    if (order.buyer_nick.empty()) continue;
    Asked& asked = wanted[order.order.platform][order.buyer_nick];
    asked.targets.push_back(&order.order.customer);
    Buyer buyer = BuyerOf(order, now_us);
    if (!buyer.reached_at.empty() && buyer.source_at >= asked.buyer.source_at) {
      asked.buyer = std::move(buyer);
    }
  }
  for (PendingAdjustment& each : adjustments) {
    if (each.prepared.buyer_nick.empty()) continue;
    wanted[each.prepared.adjustment.platform][each.prepared.buyer_nick].targets.push_back(
        &each.prepared.adjustment.customer);
  }
  for (auto& [platform, by_nick] : wanted) {
    std::vector<Buyer> buyers;
    buyers.reserve(by_nick.size());
    for (auto& [nick, asked] : by_nick) {
      asked.buyer.nick = nick;
      buyers.push_back(std::move(asked.buyer));
    }
    const std::vector<CustomerId> ids = customers_of(platform, buyers);
    std::size_t next = 0;
    for (auto& [nick, asked] : by_nick) {
      for (CustomerId* target : asked.targets) *target = ids.at(next);
      ++next;
    }
  }
}

void ImportBatch::Store(std::span<const PendingOrder> orders) {
  StoreOrIsolate(orders, "order_number", [this](std::span<const PendingOrder> part) {
    WrittenOrders written;
    Foreseen<Order> foreseen;
    store_.InTransaction([&](OrderTransaction& transaction) {
      foreseen = DecideOrders(transaction, part, written);
    });
    for (auto& [key, order] : foreseen) foreseen_orders_[key] = std::move(order);
  });
}

void ImportBatch::Store(std::span<const PendingAdjustment> adjustments) {
  StoreOrIsolate(adjustments, "adjustment_number", [this](std::span<const PendingAdjustment> part) {
    std::set<AdjustmentId> written;
    Foreseen<platform::Digest> foreseen;
    store_.InTransaction([&](OrderTransaction& transaction) {
      foreseen = DecideAdjustments(transaction, part, written);
    });
    foreseen_adjustments_.merge(foreseen);
  });
}

ImportBatch::Foreseen<Order> ImportBatch::DecideOrders(OrderTransaction& transaction,
                                                       std::span<const PendingOrder> orders,
                                                       WrittenOrders& written) {
  std::vector<NumberKey> keys;
  keys.reserve(orders.size());
  for (const PendingOrder& each : orders) {
    keys.push_back({each.prepared.order.platform, each.prepared.order.number});
  }
  const std::vector<Order> stored = transaction.LockByNumber(shop_, keys);
  std::map<NumberKey, const Order*> by_number;
  for (const Order& order : stored) by_number[{order.platform, order.number}] = &order;
  for (const auto& [key, order] : foreseen_orders_) by_number[key] = &order;

  std::vector<OrderChange> changes;
  changes.reserve(orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const auto known = by_number.find(keys[i]);
    auto merged = Merge(orders[i].prepared, known == by_number.end() ? nullptr : known->second,
                        now_us_, ids_);
    if (auto* problem = std::get_if<Problem>(&merged)) {
      Refuse(orders[i], std::move(*problem));
      continue;
    }
    changes.push_back(std::get<OrderChange>(std::move(merged)));
    *orders[i].result = {OutcomeOf(changes.back(), keys[i], written), {}, false};
  }
  Foreseen<Order> foreseen;
  if (!validate_only_) {
    transaction.Save(shop_, changes, {});
    return foreseen;
  }
  for (OrderChange& change : changes) {
    const NumberKey key{change.order.platform, change.order.number};
    foreseen[key] = std::move(change.order);
  }
  return foreseen;
}

ImportBatch::Foreseen<platform::Digest> ImportBatch::DecideAdjustments(
    OrderTransaction& transaction, std::span<const PendingAdjustment> adjustments,
    std::set<AdjustmentId>& written) {
  std::vector<NumberKey> keys;
  keys.reserve(adjustments.size());
  for (const PendingAdjustment& each : adjustments) {
    keys.push_back({each.prepared.adjustment.platform, each.prepared.adjustment.number});
  }
  std::map<NumberKey, KnownAdjustment> known;
  for (KnownAdjustment& each : transaction.FindAdjustments(shop_, keys)) {
    const NumberKey key = each.key;
    known.emplace(key, std::move(each));
  }
  std::vector<Adjustment> fresh;
  std::vector<platform::Digest> contents;
  std::vector<ImportResult*> results;
  for (std::size_t i = 0; i < adjustments.size(); ++i) {
    const PendingAdjustment& each = adjustments[i];
    const platform::Digest content = ContentOf(each.prepared.adjustment);
    const auto stored = known.find(keys[i]);
    const auto earlier = foreseen_adjustments_.find(keys[i]);
    if (earlier != foreseen_adjustments_.end() && earlier->second == content) {
      *each.result = {ImportOutcome::kUnchanged, {}, false};
    } else if (stored == known.end() && earlier == foreseen_adjustments_.end()) {
      fresh.push_back(each.prepared.adjustment);
      fresh.back().id = ids_.New<AdjustmentId>();
      written.insert(fresh.back().id);
      contents.push_back(content);
      results.push_back(each.result);
    } else if (stored != known.end() && stored->second.content == content) {
      const bool by_us = written.contains(stored->second.id);
      *each.result = {
          by_us ? ImportOutcome::kCreated : ImportOutcome::kUnchanged, {}, stored->second.matched};
    } else {
      Refuse(each, {"adjustment_number",
                    "is stored with other values; a record made elsewhere does not change, give "
                    "the new one a number of its own"});
    }
  }
  Foreseen<platform::Digest> foreseen;
  if (validate_only_) {
    for (std::size_t i = 0; i < fresh.size(); ++i) {
      *results[i] = {ImportOutcome::kCreated, {}, false};
      foreseen[{fresh[i].platform, fresh[i].number}] = contents[i];
    }
    return foreseen;
  }
  const CustomerAndSku wanted = WhatToRead(fresh);
  if (!wanted.customers.empty()) {
    const CandidateIndex index(
        transaction.Candidates(shop_, wanted.customers, wanted.skus, wanted.latest));
    for (Adjustment& each : fresh) {
      if (const Candidate* line = index.Find(each)) {
        each.order = line->order;
        each.line = line->line;
      }
    }
  }
  const std::vector<OrderChange> changes = ApplyMatches(transaction, shop_, fresh);
  std::vector<NewAdjustment> rows;
  rows.reserve(fresh.size());
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    *results[i] = {ImportOutcome::kCreated, {}, bool(fresh[i].order)};
    rows.push_back({std::move(fresh[i]), contents[i]});
  }
  transaction.Save(shop_, changes, rows);
  return foreseen;
}

platform::Digest ContentOf(const Adjustment& adjustment) {
  std::string content;
  AppendPart(content, adjustment.correction ? "correction" : "refund");
  AppendPart(content, platform::ToString(adjustment.customer));
  AppendPart(content, adjustment.sku);
  AppendPart(content, adjustment.title);
  AppendPart(content, adjustment.document_number);
  AppendPart(content, std::to_string(adjustment.quantity));
  AppendPart(content, adjustment.unit_price);
  AppendPart(content, adjustment.currency);
  AppendPart(content, std::to_string(adjustment.adjust_at));
  return platform::Sha256(content);
}

}  // namespace redress::order
