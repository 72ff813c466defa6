#include "tests/bench/volume_orders.h"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string_view>

#include "tests/e2e/histories/tables.h"

namespace redress::bench {
namespace {

namespace v1 = order::v1;

// Wholesale invoices have dozens of lines; a marketplace order a few of them.
constexpr std::size_t kMostLines = 4;
constexpr std::int64_t kFirstOrderS = 1'640'995'200;  // 2022-01-01
constexpr std::int64_t kSpanS = 3LL * 365 * 86'400;
constexpr std::uint64_t kBillion = 1'000'000'000;
// Powers of 3 have no factor in common with powers of ten: numbers are spread, none meets another.
constexpr std::uint64_t kSpread = 387'420'489;

constexpr std::array<const char*, 20> kFirstWords = {
    "快乐", "阳光", "爱吃", "一只", "夏天", "北京", "上海", "飞翔", "月亮", "星星",
    "可爱", "安静", "老王", "大海", "小雨", "花开", "清风", "幸福", "南方", "雪山"};
constexpr std::array<const char*, 20> kSecondWords = {
    "小明", "的猫", "妈妈", "大王", "宝贝", "同学", "先生", "姑娘", "橙子", "豆豆",
    "小店", "旅人", "阿姨", "少年", "公主", "石头", "小鱼", "云朵", "果果", "青年"};
constexpr std::array<const char*, 10> kNames = {"张伟", "王芳",   "李娜", "刘洋", "陈静",
                                                "杨磊", "欧阳雪", "周杰", "吴敏", "赵强"};
constexpr std::array<const char*, 6> kStreets = {
    "浙江省杭州市西湖区文三路",   "广东省深圳市南山区科技园路", "上海市浦东新区世纪大道",
    "四川省成都市武侯区人民南路", "北京市海淀区中关村大街",     "江苏省南京市鼓楼区中山路"};

// splitmix64
std::uint64_t Mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

std::string Digits(std::uint64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

void SetTime(std::int64_t seconds, google::protobuf::Timestamp& time) { time.set_seconds(seconds); }

v1::OrderStatus StatusOf(const std::string& olist) {
  if (olist == "delivered") return v1::ORDER_STATUS_TRADE_FINISHED;
  if (olist == "shipped") return v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS;
  if (olist == "canceled" || olist == "unavailable") return v1::ORDER_STATUS_TRADE_CLOSED;
  return v1::ORDER_STATUS_WAIT_SELLER_SEND_GOODS;
}

std::int64_t After(const std::string& from, const std::string& time) {
  if (time.empty()) return -1;
  return std::max<std::int64_t>(0, e2e::SecondsOf(time) - e2e::SecondsOf(from));
}

}  // namespace

VolumeOrders::VolumeOrders(const std::filesystem::path& data, Size size, std::uint64_t seed)
    : size_(size), seed_(seed) {
  if (size.customers == 0 || size.orders < size.customers) {
    throw std::invalid_argument("there must be customers, and an order for each");
  }
  ReadOlist(data / "olist");
  const std::size_t of_olist = patterns_.size();
  ReadUci(data / "uci_online_retail" / "transactions.csv");
  if (of_olist == 0 || patterns_.size() == of_olist)
    throw std::runtime_error("no orders to resample");
}

void VolumeOrders::ReadUci(const std::filesystem::path& file) {
  std::map<std::string, Pattern> invoices;
  for (const e2e::TableRow& row : e2e::ReadTable(file).rows) {
    const std::string& number = row.at("InvoiceNo");
    const long quantity = std::stol(row.at("Quantity"));
    const std::string& price = row.at("UnitPrice");
    if (number.starts_with('C') || quantity < 1 || price.starts_with('-') ||
        row.at("Description").empty() || std::stod(price) == 0) {
      continue;
    }
    invoices[number].lines.push_back(
        {.sku = row.at("StockCode"),
         .title = row.at("Description"),
         .price = price,
         .quantity = static_cast<std::int32_t>(std::min(quantity, 100L))});
  }
  constexpr std::int64_t kHourS = 3'600;
  for (auto& [number, invoice] : invoices) {
    for (std::size_t at = 0; at < invoice.lines.size(); at += kMostLines) {
      Pattern& pattern = patterns_.emplace_back();
      const std::size_t end = std::min(at + kMostLines, invoice.lines.size());
      for (std::size_t i = at; i < end; ++i) pattern.lines.push_back(invoice.lines[i]);
      pattern.paid_after_s = 60;
      pattern.shipped_after_s = 20 * kHourS;
      pattern.received_after_s = 90 * kHourS;
    }
  }
}

void VolumeOrders::ReadOlist(const std::filesystem::path& folder) {
  std::map<std::string, std::string> categories;
  for (const e2e::TableRow& row : e2e::ReadTable(folder / "products.csv").rows) {
    categories[row.at("product_id")] = row.at("product_category_name_english");
  }
  std::map<std::string, std::vector<Line>> lines;
  for (const e2e::TableRow& row : e2e::ReadTable(folder / "order_items.csv").rows) {
    const std::string& product = row.at("product_id");
    std::string title = categories[product] + " " + product.substr(0, 8);
    std::replace(title.begin(), title.end(), '_', ' ');
    lines[row.at("order_id")].push_back(
        {.sku = product.substr(0, 16), .title = title, .price = row.at("price"), .quantity = 1});
  }
  for (const e2e::TableRow& row : e2e::ReadTable(folder / "orders.csv").rows) {
    const auto bought = lines.find(row.at("order_id"));
    if (bought == lines.end()) continue;
    const std::string& placed = row.at("order_purchase_timestamp");
    Pattern& pattern = patterns_.emplace_back();
    pattern.lines = bought->second;
    pattern.status = StatusOf(row.at("order_status"));
    pattern.paid_after_s = std::max<std::int64_t>(0, After(placed, row.at("order_approved_at")));
    pattern.shipped_after_s = After(placed, row.at("order_delivered_carrier_date"));
    pattern.received_after_s = After(placed, row.at("order_delivered_customer_date"));
  }
}

std::uint64_t VolumeOrders::Draw(std::string_view purpose, std::uint64_t n,
                                 std::uint64_t below) const {
  std::uint64_t state = Mix(seed_);
  for (const char c : purpose) state = Mix(state ^ static_cast<unsigned char>(c));
  return Mix(state ^ n) % below;
}

std::string VolumeOrders::NumberOf(std::uint64_t n) const {
  return Digits(240'000'000'000 + n, 12) + Digits(Draw("number", n, 1'000'000), 6);
}

std::string VolumeOrders::ParcelOf(std::uint64_t n) const {
  return "SF" + Digits(n * kSpread % kBillion, 9) + Digits(Draw("parcel", n, 1'000), 3);
}

std::uint64_t VolumeOrders::CustomerOf(std::uint64_t n) const {
  if (n < size_.customers) return n;
  // The square of an even draw: a tenth of the customers place about a third of these orders.
  const double even = static_cast<double>(Draw("customer", n, kBillion)) / kBillion;
  return static_cast<std::uint64_t>(even * even * static_cast<double>(size_.customers));
}

std::string VolumeOrders::NickOf(std::uint64_t customer) const {
  const std::uint64_t spread = customer * kSpread % kBillion;
  if (Draw("nick", customer, 2) == 0) return "tb" + Digits(spread, 9);
  return std::string(kFirstWords[Draw("first", customer, kFirstWords.size())]) +
         kSecondWords[Draw("second", customer, kSecondWords.size())] + std::to_string(customer);
}

std::string VolumeOrders::PhoneOf(std::uint64_t customer) const {
  return "1" + std::to_string(3 + Draw("operator", customer, 7)) +
         Digits(customer * kSpread % kBillion, 9);
}

v1::OrderInput VolumeOrders::Order(std::uint64_t n) const {
  const Pattern& pattern = patterns_[Draw("pattern", n, patterns_.size())];
  const std::uint64_t customer = CustomerOf(n);
  const std::int64_t placed =
      kFirstOrderS + static_cast<std::int64_t>(static_cast<double>(n) /
                                               static_cast<double>(size_.orders) * kSpanS);
  v1::OrderInput order;
  order.set_platform("taobao");
  order.set_order_number(NumberOf(n));
  order.set_buyer_nick(NickOf(customer));
  order.set_status(pattern.status);
  order.set_currency_code("CNY");
  SetTime(placed, *order.mutable_order_time());
  SetTime(placed + pattern.paid_after_s, *order.mutable_pay_time());
  SetTime(placed + pattern.paid_after_s, *order.mutable_source_time());
  for (std::size_t i = 0; i < pattern.lines.size(); ++i) {
    const Line& line = pattern.lines[i];
    v1::OrderLineInput& added = *order.add_lines();
    added.set_line_number(std::to_string(i + 1));
    added.set_sku(line.sku);
    added.set_title(line.title);
    added.set_quantity(line.quantity);
    added.set_unit_price(line.price);
  }
  if (pattern.shipped_after_s >= 0) {
    v1::ShipmentInput& parcel = *order.add_shipments();
    parcel.set_carrier("SF Express");
    parcel.set_tracking_number(ParcelOf(n));
    SetTime(placed + pattern.shipped_after_s, *parcel.mutable_ship_time());
    if (pattern.received_after_s >= pattern.shipped_after_s) {
      SetTime(placed + pattern.received_after_s, *parcel.mutable_receive_time());
    }
  }
  order.mutable_receiver()->set_name(kNames[Draw("name", customer, kNames.size())]);
  order.mutable_receiver()->set_phone(PhoneOf(customer));
  order.mutable_receiver()->set_address(
      std::string(kStreets[Draw("street", customer, kStreets.size())]) +
      std::to_string(1 + Draw("house", customer, 300)) + " 号");
  return order;
}

}  // namespace redress::bench
