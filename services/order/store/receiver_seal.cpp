#include "services/order/store/receiver_seal.h"

#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "redress/order/v1/order.pb.h"
#include "services/order/store/order_rows.h"
#include "services/order/store/sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/sealing/masking.h"

namespace redress::order {
namespace {

using platform::MultiRow;
using platform::Result;
using platform::Subject;
using platform::SubjectKind;
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

Subject SubjectOf(const Order& order) {
  return order.customer ? Subject{SubjectKind::kCustomer, order.customer.value}
                        : Subject{SubjectKind::kOrder, order.id.value};
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
  std::vector<Subject> subjects;
  std::vector<std::string> sealed;
  select.Query(connection, KeysOf(shop, orders), [&](Result& row) {
    found.push_back({row.Id<OrderId>(0), {}});
    subjects.push_back({static_cast<SubjectKind>(row.Uint64(1)), row.Uint64(2)});
    sealed.push_back(row.String(3));
  });
  std::vector<platform::OpenItem> items;
  for (std::size_t i = 0; i < found.size(); ++i) items.push_back({subjects[i], sealed[i]});
  const std::vector<std::optional<std::string>> clear = sealer_.OpenMany(connection, shop, items);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (clear[i]) found[i].receiver = FromBytes(*clear[i]);
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
  std::vector<const Order*> orders;
  std::vector<Subject> subjects;
  std::vector<std::string> clear;
  std::vector<std::string> phone_hashes;
  for (const OrderChange& change : changes) {
    const Receiver* receiver = change.receiver ? &*change.receiver : nullptr;
    if (change.new_subject) receiver = &known[change.order.id];
    if (receiver == nullptr || receiver->empty()) continue;
    orders.push_back(&change.order);
    subjects.push_back(SubjectOf(change.order));
    clear.push_back(ToBytes(*receiver));
    const std::string phone = platform::NormalisePhone(receiver->phone);
    phone_hashes.push_back(phone.empty() ? "" : sealer_.KeyedHash(shop, "phone", phone));
  }
  if (orders.empty()) return;
  std::vector<platform::SealItem> items;
  for (std::size_t i = 0; i < orders.size(); ++i) items.push_back({subjects[i], clear[i]});
  const std::vector<std::string> sealed = sealer_.SealMany(connection, shop, items);
  std::vector<Value> values;
  values.reserve(orders.size() * sql::kContactColumns);
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const Value phone = phone_hashes[i].empty() ? Value(nullptr) : Value(phone_hashes[i]);
    values.insert(values.end(), {shop, orders[i]->id, static_cast<unsigned>(subjects[i].kind),
                                 subjects[i].id, sealed[i], phone, orders[i]->receiver_hash});
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
