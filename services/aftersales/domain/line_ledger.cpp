#include "services/aftersales/domain/line_ledger.h"

#include <algorithm>

namespace redress::aftersales {

TaskId& Case::SlotOf(workflows::WarehouseTaskKind kind) {
  using workflows::WarehouseTaskKind;
  switch (kind) {
    case WarehouseTaskKind::kInboundReturn:
      break;
    case WarehouseTaskKind::kSendBack:
      return send_back_task;
    case WarehouseTaskKind::kOutboundReplacement:
      return outbound_task;
    case WarehouseTaskKind::kIntercept:
      return intercept_task;
  }
  return inbound_task;
}

void LedgerRow::SpeakFor(std::int64_t now_reserved, std::int64_t now_settled) {
  reserved = now_reserved;
  settled = now_settled;
  const std::int64_t freed = std::clamp<std::int64_t>(ceiling - reserved - settled, 0, shortfall);
  ceiling -= freed;
  shortfall -= freed;
}

bool BringUpToDate(LedgerRow& row, const LineFacts& facts, std::int64_t now_us) {
  // An order event knows less of a parcel and nothing of postage, so a read of the same version may
  // know more.
  const bool is_same = facts.order_version == row.order_version;
  if (is_same && (facts.shipping > row.shipping || (facts.postage && !row.postage))) {
    row.shipping = std::max(row.shipping, facts.shipping);
    row.postage = row.postage || facts.postage;
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
  row.postage = row.postage || facts.postage;
  if (!facts.sku.empty()) row.sku = facts.sku;
  if (!facts.title.empty()) row.title = facts.title;
  row.updated_at = now_us;
  return true;
}

}  // namespace redress::aftersales
