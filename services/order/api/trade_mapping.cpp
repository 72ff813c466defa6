#include "services/order/api/trade_mapping.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "services/order/api/mapping.h"
#include "services/order/api/pushed_bodies.h"
#include "services/platform/base/clock.h"
#include "services/platform/json/json_fields.h"

namespace redress::order {
namespace {

using platform::FieldBroken;
using platform::JsonValue;

constexpr std::int64_t kAheadOfUtcUs = 8 * platform::kHourUs;
constexpr std::size_t kLongestCode = 64;
constexpr std::size_t kLongestTitle = 300;
constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestAddress = 500;
constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kLongestRaw = 4000;
constexpr std::size_t kLongestProperties = 500;
constexpr std::size_t kLongestRefundStatus = 40;
constexpr std::int64_t kLastFlag = 5;
constexpr char kPostageLine[] = "postage";

struct StatusRow {
  std::string_view name;
  v1::OrderStatus status;
  bool is_exact;  // else the platform's own word is kept beside it
};
// clang-format off
constexpr std::array<StatusRow, 12> kStatuses{{
    {"TRADE_NO_CREATE_PAY",      v1::ORDER_STATUS_WAIT_BUYER_PAY,           false},
    {"WAIT_BUYER_PAY",           v1::ORDER_STATUS_WAIT_BUYER_PAY,           true},
    {"PAY_PENDING",              v1::ORDER_STATUS_WAIT_BUYER_PAY,           false},
    {"WAIT_PRE_AUTH_CONFIRM",    v1::ORDER_STATUS_WAIT_BUYER_PAY,           false},
    {"PAID_FORBID_CONSIGN",      v1::ORDER_STATUS_WAIT_SELLER_SEND_GOODS,   false},
    {"WAIT_SELLER_SEND_GOODS",   v1::ORDER_STATUS_WAIT_SELLER_SEND_GOODS,   true},
    {"SELLER_CONSIGNED_PART",    v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS, false},
    {"WAIT_BUYER_CONFIRM_GOODS", v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS, true},
    {"TRADE_BUYER_SIGNED",       v1::ORDER_STATUS_WAIT_BUYER_CONFIRM_GOODS, false},
    {"TRADE_FINISHED",           v1::ORDER_STATUS_TRADE_FINISHED,           true},
    {"TRADE_CLOSED",             v1::ORDER_STATUS_TRADE_CLOSED,             true},
    {"TRADE_CLOSED_BY_TAOBAO",   v1::ORDER_STATUS_TRADE_CLOSED_BY_TAOBAO,   true},
}};
// clang-format on

const StatusRow* FindStatus(std::string_view name) {
  const auto* const known = std::find_if(kStatuses.begin(), kStatuses.end(),
                                         [&](const StatusRow& row) { return row.name == name; });
  return known == kStatuses.end() ? nullptr : known;
}

// The fields of one JSON object; those that were never asked for are what nothing takes.
class Fields {
 public:
  explicit Fields(const JsonValue& object) : object_(object) {}

  const JsonValue* Take(const std::string& name) {
    taken_[name] = true;
    const JsonValue* value = object_.Find(name);
    const bool is_nothing = value == nullptr || value->IsNull() ||
                            (value->kind == JsonValue::Kind::kText && value->text.empty());
    return is_nothing ? nullptr : value;
  }
  std::string Text(const std::string& name, std::size_t most) {
    const JsonValue* value = Take(name);
    return value == nullptr ? "" : platform::ShortTextOf(*value, name, most);
  }
  std::string Digits(const std::string& name) {
    const JsonValue* value = Take(name);
    return value == nullptr ? "" : platform::DigitsOf(*value, name);
  }
  std::optional<std::int64_t> Minor(const std::string& name) {
    const JsonValue* value = Take(name);
    if (value == nullptr) return std::nullopt;
    return platform::MinorOf(*value, name);
  }
  std::int64_t Time(const std::string& name) {
    const JsonValue* value = Take(name);
    return value == nullptr ? 0 : platform::TimeOf(*value, name, kAheadOfUtcUs);
  }
  // What nothing takes may tell who somebody is: it is only ever shown masked.
  void KeepRest(const std::string& line_number, v1::OrderInput& order) const {
    for (const auto& [name, value] : object_.members) {
      if (taken_.contains(name) || value.IsNull()) continue;
      v1::RawField& raw = *order.add_raw_fields();
      JsonValue as_name;
      as_name.kind = JsonValue::Kind::kText;
      as_name.text = name;
      raw.set_name(platform::ShortTextOf(as_name, name, kLongestName));
      raw.set_line_number(line_number);
      raw.set_personal(true);
      const bool is_plain =
          value.kind == JsonValue::Kind::kText || value.kind == JsonValue::Kind::kNumber;
      JsonValue as_text;
      as_text.kind = JsonValue::Kind::kText;
      as_text.text = is_plain ? value.text : std::string(value.written);
      raw.set_text(platform::ShortTextOf(as_text, name, kLongestRaw));
    }
  }

 private:
  const JsonValue& object_;
  std::map<std::string, bool, std::less<>> taken_;
};

class TradeReader {
 public:
  TradeReader(const JsonValue& trade, v1::OrderInput& order) : fields_(trade), order_(order) {}

  void Read() {
    order_.set_order_number(fields_.Digits("tid"));
    if (order_.order_number().empty()) {
      throw FieldBroken("tid", "is missing; name the platform's order");
    }
    order_.set_currency_code("CNY");
    ReadStatus();
    ReadTimes();
    ReadPeople();
    ReadLines();
    const auto postage = fields_.Minor("post_fee");
    if (postage && *postage > 0) AddPostage(*postage);
    fields_.KeepRest("", order_);
  }

 private:
  void ReadStatus() {
    const std::string status = fields_.Text("status", kLongestCode);
    const StatusRow* known = FindStatus(status);
    if (known == nullptr) {
      throw FieldBroken("status", "is none of a trade's statuses; send the platform's own");
    }
    order_.set_status(known->status);
    if (!known->is_exact) AddRaw("status", status);
  }

  void ReadTimes() {
    const std::int64_t created = fields_.Time("created");
    if (created == 0) throw FieldBroken("created", "is missing; say when the order was placed");
    *order_.mutable_order_time() = ToTimestamp(created);
    if (const std::int64_t paid = fields_.Time("pay_time")) {
      *order_.mutable_pay_time() = ToTimestamp(paid);
    }
    if (const std::int64_t modified = fields_.Time("modified")) {
      *order_.mutable_source_time() = ToTimestamp(modified);
    }
    consigned_at_ = fields_.Time("consign_time");
    ended_at_ = fields_.Time("end_time");
  }

  void ReadPeople() {
    order_.set_buyer_nick(fields_.Text("buyer_nick", kLongestName));
    order_.set_buyer_message(fields_.Text("buyer_message", kLongestText));
    order_.set_memo(fields_.Text("seller_memo", kLongestText));
    ReadFlag();
    order_.set_buyer_account(fields_.Text("buyer_alipay_no", kLongestName));
    std::string address;
    for (const char* part : {"receiver_state", "receiver_city", "receiver_district",
                             "receiver_town", "receiver_address"}) {
      address += fields_.Text(part, kLongestAddress / 5);
    }
    std::string phone = fields_.Text("receiver_mobile", 40);
    const std::string landline = fields_.Text("receiver_phone", 40);
    if (phone.empty()) phone = landline;
    const std::string name = fields_.Text("receiver_name", kLongestName);
    if (name.empty() && phone.empty() && address.empty()) return;
    order_.mutable_receiver()->set_name(name);
    order_.mutable_receiver()->set_phone(phone);
    order_.mutable_receiver()->set_address(address);
  }

  void ReadFlag() {
    const JsonValue* flag = fields_.Take("seller_flag");
    if (flag == nullptr) return;
    const std::int64_t number = platform::CountOf(*flag, "seller_flag");
    if (number > kLastFlag) throw FieldBroken("seller_flag", "is none of the six flags 0 to 5");
    order_.set_memo_flag(static_cast<std::uint32_t>(number));
  }

  // `orders` is a list, or an object with the list under `order`.
  void ReadLines() {
    const JsonValue* lines = fields_.Take("orders");
    if (lines != nullptr && lines->IsObject()) lines = lines->Find("order");
    if (lines == nullptr || !lines->IsList() || lines->items.empty()) {
      throw FieldBroken("orders", "is missing; send the trade with its lines");
    }
    for (const JsonValue& line : lines->items) {
      if (!line.IsObject()) throw FieldBroken("orders", "has a line that is no object");
      ReadLine(line);
    }
  }

  void ReadLine(const JsonValue& object) {
    Fields line(object);
    v1::OrderLineInput& input = *order_.add_lines();
    input.set_line_number(line.Digits("oid"));
    if (input.line_number().empty()) input.set_line_number(order_.order_number());
    input.set_sku(line.Text("outer_sku_id", kLongestCode));
    const std::string article = line.Text("outer_iid", kLongestCode);
    if (input.sku().empty()) input.set_sku(article);
    input.set_title(line.Text("title", kLongestTitle));
    const JsonValue* units = line.Take("num");
    const std::int64_t quantity = units == nullptr ? 1 : platform::CountOf(*units, "num");
    if (quantity > 1'000'000) throw FieldBroken("num", "is above 1000000; send the line's units");
    input.set_quantity(static_cast<std::int32_t>(quantity));
    // The price as it was written, once it is known to be an amount.
    const JsonValue* price = line.Take("price");
    if (price != nullptr) platform::MinorOf(*price, "price");
    input.set_unit_price(price == nullptr ? "0" : price->text);
    // The line's share of what was paid is what may be refunded; its own payment may stay above 0
    // after a full refund, and counts only where no share is said.
    const auto share = line.Minor("divide_order_fee");
    const auto payment = line.Minor("payment");
    if (share || payment) input.set_paid_minor(share ? *share : *payment);
    input.set_category(line.Text("cid", kLongestCode));
    input.set_properties(line.Text("sku_properties_name", kLongestProperties));
    ReadLineState(line, input);
    ReadParcel(line, input);
    line.KeepRest(input.line_number(), order_);
  }

  // A line's own words, where they are the platform's; any other word is kept beside it.
  void ReadLineState(Fields& line, v1::OrderLineInput& input) {
    const std::string status = line.Text("status", kLongestCode);
    const StatusRow* known = FindStatus(status);
    if (known != nullptr) input.set_status(known->status);
    if (!status.empty() && (known == nullptr || !known->is_exact)) {
      AddRaw("status", status, input.line_number());
    }
    const std::string refund = line.Text("refund_status", kLongestCode);
    const bool is_word = refund.size() <= kLongestRefundStatus &&
                         std::all_of(refund.begin(), refund.end(),
                                     [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); });
    if (is_word) {
      input.set_refund_status(refund);
    } else {
      AddRaw("refund_status", refund, input.line_number());
    }
  }

  // Lines of one parcel name it each.
  void ReadParcel(Fields& line, v1::OrderLineInput& input) {
    const std::string tracking = line.Text("invoice_no", kLongestCode);
    const std::string carrier = line.Text("logistics_company", kLongestCode);
    const std::int64_t shipped = line.Time("consign_time");
    const std::int64_t ended = line.Time("end_time");
    if (tracking.empty()) return;
    input.set_tracking_number(tracking);
    for (const v1::ShipmentInput& known : order_.shipments()) {
      if (known.tracking_number() == tracking) return;
    }
    v1::ShipmentInput& shipment = *order_.add_shipments();
    shipment.set_tracking_number(tracking);
    shipment.set_carrier(carrier);
    const std::int64_t left = shipped != 0 ? shipped : consigned_at_;
    if (left != 0) *shipment.mutable_ship_time() = ToTimestamp(left);
    const std::int64_t received = ended != 0 ? ended : ended_at_;
    const bool is_received = order_.status() == v1::ORDER_STATUS_TRADE_FINISHED;
    if (is_received && received != 0) *shipment.mutable_receive_time() = ToTimestamp(received);
  }

  void AddPostage(std::int64_t minor) {
    v1::OrderLineInput& line = *order_.add_lines();
    line.set_line_number(kPostageLine);
    line.set_title("邮费");
    line.set_quantity(1);
    line.set_unit_price(fields_.Take("post_fee")->text);
    line.set_paid_minor(minor);
    line.set_postage(true);
  }

  void AddRaw(const std::string& name, const std::string& text,
              const std::string& line_number = "") {
    v1::RawField& raw = *order_.add_raw_fields();
    raw.set_name(name);
    raw.set_text(text);
    raw.set_line_number(line_number);
  }

  Fields fields_;
  v1::OrderInput& order_;
  std::int64_t consigned_at_ = 0;
  std::int64_t ended_at_ = 0;
};

}  // namespace

std::vector<ReadTrade> ReadTrades(const std::string& platform,
                                  const google::protobuf::RepeatedPtrField<std::string>& bodies) {
  const auto read = [&](const JsonValue& trade, ReadTrade& to) {
    to.order.set_platform(platform);
    TradeReader(trade, to.order).Read();
  };
  return PushedBodies<ReadTrade, decltype(read)>({"trade", "trades", "tid", kMostTrades}, read)
      .ReadAll(bodies);
}

}  // namespace redress::order
