#include "services/order/store/details_seal.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "redress/order/v1/order.pb.h"
#include "services/order/store/sealed_texts.h"
#include "services/order/store/sql.h"
#include "services/platform/sealing/masking.h"

namespace redress::order {
namespace {

using platform::MultiRow;
using platform::Value;

const MultiRow& Select() {
  static const MultiRow select(sql::kSelectDetails, 2, ")", 256);
  return select;
}

// Lengths keep "ab" + "c" and "a" + "bc" apart.
void AppendPart(std::string& out, const std::string& part) {
  out += std::to_string(part.size()) + ":" + part;
}

// The sealed bytes are the API's own message, so that a field can be added later.
std::string ToBytes(const Details& details) {
  redress::order::v1::OrderInput message;
  message.set_buyer_message(details.buyer_message);
  message.set_memo(details.memo);
  message.set_buyer_account(details.buyer_account);
  for (const RawField& field : details.raw_fields) {
    redress::order::v1::RawField& raw = *message.add_raw_fields();
    raw.set_name(field.name);
    raw.set_text(field.text);
    raw.set_line_number(field.line_number);
    raw.set_personal(field.personal);
  }
  return message.SerializeAsString();
}

Details FromBytes(const std::string& bytes) {
  redress::order::v1::OrderInput message;
  if (!message.ParseFromString(bytes)) throw platform::SealBroken("details are no message");
  Details details{message.buyer_message(), message.memo(), message.buyer_account(), {}};
  for (const redress::order::v1::RawField& raw : message.raw_fields()) {
    details.raw_fields.push_back({raw.name(), raw.text(), raw.line_number(), raw.personal()});
  }
  return details;
}

bool IsPhone(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// An account is a phone number or an e-mail address.
std::string MaskAccount(const std::string& account) {
  return IsPhone(account) ? platform::MaskPhone(account) : platform::MaskName(account);
}

}  // namespace

std::string DetailsSeal::ContentHash(ShopId shop, const Details& details) {
  if (details.empty()) return {};
  std::string content;
  AppendPart(content, details.buyer_message);
  AppendPart(content, details.memo);
  AppendPart(content, details.buyer_account);
  for (const RawField& field : details.raw_fields) {
    AppendPart(content, field.name);
    AppendPart(content, field.text);
    AppendPart(content, field.line_number);
    AppendPart(content, field.personal ? "personal" : "plain");
  }
  return sealer_.KeyedHash(shop, "order-details", content);
}

void DetailsSeal::Write(platform::Connection& connection, ShopId shop,
                        std::span<const OrderChange> changes) {
  static const MultiRow write(sql::kWriteDetails, sql::kDetailsColumns, sql::kUpdateDetails);
  std::vector<OrderId> moved;
  for (const OrderChange& change : changes) {
    if (change.new_details_subject) moved.push_back(change.order.id);
  }
  std::unordered_map<OrderId, std::string> known;
  if (!moved.empty()) {
    for (OpenedText& text : OpenTexts(sealer_, connection, Select(), shop, moved)) {
      if (text.clear) known.emplace(text.order, std::move(*text.clear));
    }
  }
  std::vector<ClearText> texts;
  for (const OrderChange& change : changes) {
    if (change.details) {
      texts.push_back({&change.order, ToBytes(*change.details)});
    } else if (const auto found = known.find(change.order.id); found != known.end()) {
      texts.push_back({&change.order, std::move(found->second)});
    }
  }
  if (texts.empty()) return;
  std::vector<Value> values;
  values.reserve(texts.size() * sql::kDetailsColumns);
  const std::vector<SealedText> sealed = SealTexts(sealer_, connection, shop, texts);
  for (const SealedText& each : sealed) {
    if (each.sealed.empty()) continue;
    values.insert(values.end(), {shop, each.order->id, static_cast<unsigned>(each.subject.kind),
                                 each.subject.id, each.sealed});
  }
  if (!values.empty()) write.Execute(connection, values);
}

std::unordered_map<OrderId, Details> DetailsSeal::ReadClear(platform::Connection& connection,
                                                            ShopId shop,
                                                            std::span<const OrderId> orders) {
  std::unordered_map<OrderId, Details> details;
  if (orders.empty()) return details;
  for (const OpenedText& text : OpenTexts(sealer_, connection, Select(), shop, orders)) {
    if (text.clear) details.emplace(text.order, FromBytes(*text.clear));
  }
  return details;
}

Details DetailsSeal::ReadMasked(platform::Connection& connection, ShopId shop, OrderId order) {
  const auto found = OpenTexts(sealer_, connection, Select(), shop, {&order, 1});
  if (found.empty()) return {};
  const auto& first = found.front();
  if (!first.clear) return {};
  Details details = FromBytes(*first.clear);
  if (!details.buyer_account.empty()) details.buyer_account = MaskAccount(details.buyer_account);
  for (RawField& field : details.raw_fields) {
    if (field.personal) field.text = platform::MaskName(field.text);
  }
  return details;
}

}  // namespace redress::order
