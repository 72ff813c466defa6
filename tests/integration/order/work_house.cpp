#include "tests/integration/order/work_house.h"

namespace redress::order {

WorkHouse::WorkHouse(platform::FaultPlan* faults)
    : OrderHouse(faults),
      rules(pool, sealer),
      parcels(pool, sealer, events),
      reminders(pool, ids, rules),
      products(pool, ids),
      editing(store, ids, [](ShopId) { return platform::TimeZone::Load("Asia/Shanghai"); }) {}

Write WorkHouse::WriteOf(const std::string& request_id, AccountId account, ShopId shop) {
  return {.shop = shop,
          .request_id = request_id,
          .digest = platform::Sha256(request_id),
          .account = account,
          .now_us = clock.NowUs()};
}

Order WorkHouse::ChangeAddress(const Order& order, const Address& address,
                               const std::string& request_id) {
  const std::string id = Repeating([&] {
    return editing.ChangeAddress(WriteOf(request_id), {order.id, order.version},
                                 {address, "the buyer moved"},
                                 [](const Order& each) { return platform::ToString(each.id); });
  });
  return *store.Find(kShop, platform::ParseId<OrderId>(id, "order"));
}

Order WorkHouse::ChangePrice(const Order& order, const PriceEdit& edit,
                             const std::string& request_id) {
  const std::string id = Repeating([&] {
    return editing.ChangePrice(WriteOf(request_id), {order.id, order.version}, edit,
                               [](const Order& each) { return platform::ToString(each.id); });
  });
  return *store.Find(kShop, platform::ParseId<OrderId>(id, "order"));
}

std::uint32_t WorkHouse::WriteMemo(const Order& order, std::uint32_t version,
                                   const std::string& what, const std::string& request_id) {
  MemoEdit edit{1, {}};
  edit.memo.what = what;
  edit.memo.who = "小王";
  return Repeating([&] {
    return editing.WriteMemo(WriteOf(request_id), {order.id, version}, edit);
  });
}

std::vector<StoredChange> WorkHouse::Changes(const Order& order) {
  return store.ListChanges(kShop, order.id, std::nullopt, ~0u, 100);
}

Reminder WorkHouse::Remind(const Order& order, const std::string& request_id, AccountId account) {
  return Repeating([&] {
    return reminders.Record(WriteOf(request_id, account), {order.id, ReminderChannel::kChat, 0});
  });
}

TracksTaken WorkHouse::Take(const TrackPush& push, ShopId shop) {
  return Repeating([&] { return parcels.Take(shop, push, clock.NowUs()); });
}

Address AddressOf(const std::string& name) {
  return {name, "13800138000", "浙江省", "杭州市", "西湖区", "", "文三路 1 号"};
}

OrderInput UnpaidOrder(const std::string& number, std::int64_t order_at,
                       std::vector<LineInput> lines) {
  OrderInput input;
  input.platform = "direct";
  input.number = number;
  input.buyer_nick = "nick-" + number;
  input.status = OrderStatus::kWaitBuyerPay;
  input.currency = "CNY";
  input.order_at = order_at;
  input.source_at = order_at;
  input.lines = std::move(lines);
  input.receiver = {"张三丰", "13812345678", "江苏省 南京市 玄武区 中山路 1 号"};
  return input;
}

OrderInput Paid(OrderInput order, std::int64_t paid_at) {
  order.status = OrderStatus::kWaitSellerSendGoods;
  order.paid_at = paid_at;
  order.source_at = paid_at;
  return order;
}

OrderInput Shipped(OrderInput order, const std::string& tracking_number, std::int64_t shipped_at) {
  order.status = OrderStatus::kWaitBuyerConfirmGoods;
  order.source_at = shipped_at;
  order.shipments.push_back(
      {.carrier = "SF", .tracking_number = tracking_number, .shipped_at = shipped_at});
  return order;
}

}  // namespace redress::order
