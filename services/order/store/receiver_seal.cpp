#include "services/order/store/receiver_seal.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include "redress/order/v1/order.pb.h"
#include "services/order/store/sealed_texts.h"
#include "services/order/store/sql.h"
#include "services/platform/sealing/masking.h"

namespace redress::order {
namespace {

using platform::MultiRow;
using platform::Value;

// Keeps "ab" + "c" and "a" + "bc" apart.
constexpr char kSeparator = '\0';

std::string Joined(const Receiver& receiver) {
  return receiver.name + kSeparator + receiver.phone + kSeparator + receiver.address;
}

// The sealed bytes are the API's own message, so that a field can be added later.
std::string ToBytes(const Receiver& receiver) {
  redress::order::v1::Receiver message;
  message.set_name(receiver.name);
  message.set_phone(receiver.phone);
  message.set_address(receiver.address);
  return message.SerializeAsString();
}

Receiver FromBytes(const std::string& bytes) {
  redress::order::v1::Receiver message;
  if (!message.ParseFromString(bytes)) throw platform::SealBroken("a receiver is no message");
  return {message.name(), message.phone(), message.address()};
}

}  // namespace

std::string ReceiverSeal::ContentHash(ShopId shop, const Receiver& receiver) {
  if (receiver.empty()) return {};
  return sealer_.KeyedHash(shop, "order-receiver", Joined(receiver));
}

std::vector<ReceiverSeal::Opened> ReceiverSeal::Read(platform::Connection& connection, ShopId shop,
                                                     std::span<const OrderId> orders) {
  static const MultiRow select(sql::kSelectContacts, 2, ")", 256);
  std::vector<Opened> found;
  for (const OpenedText& text : OpenTexts(sealer_, connection, select, shop, orders)) {
    found.push_back({text.order, text.clear ? FromBytes(*text.clear) : Receiver{}});
  }
  return found;
}

void ReceiverSeal::Write(platform::Connection& connection, ShopId shop,
                         std::span<const OrderChange> changes) {
  static const MultiRow write(sql::kWriteContacts, sql::kContactColumns, sql::kUpdateContacts);
  std::vector<OrderId> moved;
  for (const OrderChange& change : changes) {
    if (change.new_subject) moved.push_back(change.order.id);
  }
  std::unordered_map<OrderId, Receiver> known;
  if (!moved.empty()) {
    for (Opened& each : Read(connection, shop, moved)) {
      known.emplace(each.order, std::move(each.receiver));
    }
  }
  std::vector<ClearText> texts;
  std::vector<std::string> phone_hashes;
  for (const OrderChange& change : changes) {
    const Receiver* receiver = change.receiver ? &*change.receiver : nullptr;
    if (change.new_subject) receiver = &known[change.order.id];
    if (receiver == nullptr || receiver->empty()) continue;
    texts.push_back({&change.order, ToBytes(*receiver)});
    const std::string phone = platform::NormalisePhone(receiver->phone);
    phone_hashes.push_back(phone.empty() ? "" : sealer_.KeyedHash(shop, "phone", phone));
  }
  if (texts.empty()) return;
  const std::vector<SealedText> sealed = SealTexts(sealer_, connection, shop, texts);
  std::vector<Value> values;
  values.reserve(sealed.size() * sql::kContactColumns);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    const Value phone = phone_hashes[i].empty() ? Value(nullptr) : Value(phone_hashes[i]);
    values.insert(values.end(),
                  {shop, sealed[i].order->id, static_cast<unsigned>(sealed[i].subject.kind),
                   sealed[i].subject.id, sealed[i].sealed, phone, sealed[i].order->receiver_hash});
  }
  write.Execute(connection, values);
}

std::vector<Receiver> ReceiverSeal::ReadMasked(platform::Connection& connection, ShopId shop,
                                               std::span<const OrderId> orders) {
  std::vector<Receiver> result(orders.size());
  if (orders.empty()) return result;
  std::unordered_map<OrderId, Receiver> masked;
  for (const Opened& each : Read(connection, shop, orders)) {
    masked[each.order] = {
        platform::MaskName(each.receiver.name),
        each.receiver.phone.empty() ? "" : platform::MaskPhone(each.receiver.phone),
        platform::MaskAddress(each.receiver.address)};
  }
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const auto found = masked.find(orders[i]);
    if (found != masked.end()) result[i] = found->second;
  }
  return result;
}

}  // namespace redress::order
