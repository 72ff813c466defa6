#include "services/aftersales/domain/line_ledger.h"

#include <algorithm>

namespace redress::aftersales {

void LedgerRow::SpeakFor(std::int64_t now_reserved, std::int64_t now_settled) {
  reserved = now_reserved;
  settled = now_settled;
  const std::int64_t freed = std::clamp<std::int64_t>(ceiling - reserved - settled, 0, shortfall);
  ceiling -= freed;
  shortfall -= freed;
}

bool BringUpToDate(LedgerRow& row, const LineFacts& facts, std::int64_t now_us) {
  // Shipping is no part of an order event, so a read of the same version may know more.
  if (facts.order_version == row.order_version && facts.shipping > row.shipping) {
    row.shipping = facts.shipping;
    row.updated_at = now_us;
    return true;
  }
  if (facts.order_version <= row.order_version) return false;
  row.order = facts.order;
  row.line = facts.line;
  row.order_version = facts.order_version;
  row.currency = facts.currency;
  const std::int64_t spoken_for = row.reserved + row.settled;
  row.ceiling = std::max(facts.ceiling, spoken_for);
  row.shortfall = row.ceiling - facts.ceiling;
  row.quantity = facts.quantity;
  row.customer = facts.customer;
  row.order_paid_at = facts.paid_at;
  row.shipping = std::max(row.shipping, facts.shipping);
  if (!facts.sku.empty()) row.sku = facts.sku;
  if (!facts.title.empty()) row.title = facts.title;
  row.updated_at = now_us;
  return true;
}

}  // namespace redress::aftersales
