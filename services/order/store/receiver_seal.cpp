#include "services/order/store/receiver_seal.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include "redress/order/v1/order.pb.h"
#include "services/order/store/privacy_sql.h"
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

Receiver Masked(const Receiver& receiver) {
  return {platform::MaskName(receiver.name),
          receiver.phone.empty() ? "" : platform::MaskPhone(receiver.phone),
          platform::MaskAddress(receiver.address)};
}

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
    if (sealed[i].sealed.empty()) continue;
    const Value phone = phone_hashes[i].empty() ? Value(nullptr) : Value(phone_hashes[i]);
    values.insert(values.end(),
                  {shop, sealed[i].order->id, static_cast<unsigned>(sealed[i].subject.kind),
                   sealed[i].subject.id, sealed[i].sealed, phone, sealed[i].order->receiver_hash});
  }
  if (!values.empty()) write.Execute(connection, values);
}

Receiver ReceiverSeal::ReadRevealed(platform::Connection& connection, ShopId shop, OrderId order,
                                    std::uint64_t reveal) {
  platform::Result row = connection.Query(sql::kSelectReceiverReveal, {shop, reveal, order});
  if (!row.Next()) return {};
  const auto clear =
      sealer_.Open(connection, shop, static_cast<platform::SubjectKind>(row.Uint64(0)),
                   row.Uint64(1), row.String(2));
  return clear ? FromBytes(*clear) : Receiver{};
}

std::unordered_map<OrderId, Receiver> ReceiverSeal::ReadClear(platform::Connection& connection,
                                                              ShopId shop,
                                                              std::span<const OrderId> orders) {
  std::unordered_map<OrderId, Receiver> receivers;
  if (orders.empty()) return receivers;
  for (Opened& each : Read(connection, shop, orders)) {
    receivers.emplace(each.order, std::move(each.receiver));
  }
  return receivers;
}

Receiver ReceiverSeal::ReadClear(platform::Connection& connection, ShopId shop, OrderId order) {
  std::vector<Opened> found = Read(connection, shop, {&order, 1});
  return found.empty() ? Receiver{} : std::move(found.front().receiver);
}

std::vector<Receiver> ReceiverSeal::ReadMasked(platform::Connection& connection, ShopId shop,
                                               std::span<const OrderId> orders) {
  std::vector<Receiver> result(orders.size());
  if (orders.empty()) return result;
  std::unordered_map<OrderId, Receiver> masked;
  for (const Opened& each : Read(connection, shop, orders)) {
    masked[each.order] = Masked(each.receiver);
  }
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const auto found = masked.find(orders[i]);
    if (found != masked.end()) result[i] = found->second;
  }
  return result;
}

}  // namespace redress::order
