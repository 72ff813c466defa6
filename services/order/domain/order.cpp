#include "services/order/domain/order.h"

#include <algorithm>

namespace redress::order {
namespace {

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view StatusName(OrderStatus status) {
  switch (status) {
    case OrderStatus::kWaitBuyerPay:
      return "WAIT_BUYER_PAY";
    case OrderStatus::kWaitSellerSendGoods:
      return "WAIT_SELLER_SEND_GOODS";
    case OrderStatus::kWaitBuyerConfirmGoods:
      return "WAIT_BUYER_CONFIRM_GOODS";
    case OrderStatus::kTradeFinished:
      return "TRADE_FINISHED";
    case OrderStatus::kTradeClosed:
      return "TRADE_CLOSED";
    case OrderStatus::kTradeClosedByTaobao:
      return "TRADE_CLOSED_BY_TAOBAO";
  }
  return "";
}

bool MeansPaid(OrderStatus status) {
  return status != OrderStatus::kWaitBuyerPay && status != OrderStatus::kTradeClosedByTaobao;
}

bool MeansShipped(OrderStatus status) {
  return status == OrderStatus::kWaitBuyerConfirmGoods || status == OrderStatus::kTradeFinished;
}

bool MeansOver(OrderStatus status) {
  return status == OrderStatus::kTradeFinished || status == OrderStatus::kTradeClosed ||
         status == OrderStatus::kTradeClosedByTaobao;
}

std::string_view ParcelStateName(ParcelState state) {
  switch (state) {
    case ParcelState::kUnknown:
      return "";
    case ParcelState::kCollected:
      return "COLLECTED";
    case ParcelState::kInTransit:
      return "IN_TRANSIT";
    case ParcelState::kDelivering:
      return "DELIVERING";
    case ParcelState::kDelivered:
      return "DELIVERED";
    case ParcelState::kInTrouble:
      return "IN_TROUBLE";
    case ParcelState::kRefused:
      return "REFUSED";
    case ParcelState::kReturning:
      return "RETURNING";
    case ParcelState::kReturned:
      return "RETURNED";
    case ParcelState::kAtCustoms:
      return "AT_CUSTOMS";
  }
  return "";
}

std::int64_t Line::RefundCeiling() const {
  if (removed || quantity <= 0) return 0;
  return std::max<std::int64_t>(0, paid_minor - refunded_elsewhere_minor - adjusted_minor);
}

std::int64_t Order::PaidMinor() const {
  std::int64_t sum = 0;
  for (const Line& line : lines) {
    if (!line.removed) sum += line.paid_minor;
  }
  return sum;
}

bool Order::Shipped() const { return !shipments.empty() || MeansShipped(status); }

bool Order::IsToBeShipped() const { return !Shipped() && !MeansOver(status); }

bool Order::MayBePacked() const {
  return status == OrderStatus::kWaitSellerSendGoods && shipments.empty();
}

bool Order::Shipped(const Line& line) const {
  if (!line.tracking_number.empty()) return true;
  return line.status ? MeansShipped(*line.status) : Shipped();
}

bool Order::Received(const Line& line) const {
  if (line.status == OrderStatus::kTradeFinished || status == OrderStatus::kTradeFinished) {
    return true;
  }
  const Shipment* parcel = FindShipment(line.tracking_number);
  if (parcel != nullptr) return parcel->received_at != 0;
  return Shipped(line) && Received();
}

const Shipment* Order::FindShipment(std::string_view tracking_number) const {
  const auto found = std::find_if(shipments.begin(), shipments.end(), [&](const Shipment& each) {
    return each.tracking_number == tracking_number;
  });
  return found == shipments.end() ? nullptr : &*found;
}

bool Order::Received() const {
  if (status == OrderStatus::kTradeFinished) return true;
  return !shipments.empty() &&
         std::all_of(shipments.begin(), shipments.end(),
                     [](const Shipment& shipment) { return shipment.received_at != 0; });
}

std::size_t Details::Bytes() const {
  std::size_t bytes = buyer_message.size() + memo.size() + buyer_account.size();
  for (const RawField& field : raw_fields) {
    bytes += field.name.size() + field.text.size() + field.line_number.size();
  }
  return bytes;
}

const Line* Order::FindLine(LineId line) const {
  const auto found =
      std::find_if(lines.begin(), lines.end(), [&](const Line& each) { return each.id == line; });
  return found == lines.end() ? nullptr : &*found;
}

bool LineNumberLess(std::string_view a, std::string_view b) {
  if (IsNumber(a) && IsNumber(b) && a.size() != b.size()) return a.size() < b.size();
  return a < b;
}

}  // namespace redress::order
