// Orders as tests write them.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "services/order/domain/order_input.h"

namespace redress::order {

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kNoon = 1'700'000'000'000'000;

class CountingIds final : public platform::IdSource {
 public:
  std::uint64_t Next() override { return ++last_; }

 private:
  std::uint64_t last_ = 1000;
};

inline LineInput MakeLine(std::string number, std::int32_t quantity, std::string price) {
  LineInput line;
  line.number = std::move(number);
  line.sku = "SKU-" + line.number;
  line.quantity = quantity;
  line.unit_price = std::move(price);
  return line;
}

inline OrderInput PaidOrder(std::vector<LineInput> lines) {
  OrderInput input;
  input.platform = "taobao";
  input.number = "T1";
  input.status = OrderStatus::kWaitSellerSendGoods;
  input.currency = "CNY";
  input.order_at = kNoon;
  input.paid_at = kNoon + 60'000'000;
  input.lines = std::move(lines);
  return input;
}

inline PreparedOrder Good(const OrderInput& input) {
  return std::get<PreparedOrder>(Prepare(input));
}
inline Problem Bad(const OrderInput& input) { return std::get<Problem>(Prepare(input)); }

}  // namespace redress::order
