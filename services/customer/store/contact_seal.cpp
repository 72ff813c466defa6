#include "services/customer/store/contact_seal.h"

#include <optional>
#include <unordered_map>

#include "redress/customer/v1/customer_service.pb.h"
#include "services/customer/domain/place.h"
#include "services/customer/store/sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/value.h"
#include "services/platform/sealing/masking.h"

namespace redress::customer {
namespace {

using platform::MultiRow;
using platform::Result;
using platform::SubjectKind;
using platform::Value;

// Keeps "ab" + "c" and "a" + "bc" apart.
constexpr char kSeparator = '\0';

// The sealed bytes are the API's own message, so that a field can be added later.
std::string ToBytes(const Contact& contact) {
  v1::Contact message;
  message.set_name(contact.name);
  message.set_phone(contact.phone);
  message.set_address(contact.address);
  return message.SerializeAsString();
}

Contact FromBytes(const std::string& bytes) {
  v1::Contact message;
  if (!message.ParseFromString(bytes)) throw platform::SealBroken("a contact is no message");
  return {message.name(), message.phone(), message.address()};
}

platform::Subject SubjectOf(const Reveal& reveal) {
  if (reveal.customer) return {SubjectKind::kCustomer, reveal.customer.value};
  return {SubjectKind::kOrder, reveal.order.value};
}

Contact Masked(const Contact& contact) {
  return {platform::MaskName(contact.name),
          contact.phone.empty() ? "" : platform::MaskPhone(contact.phone),
          platform::MaskAddress(contact.address)};
}

}  // namespace

std::string ContactSeal::ContentHash(ShopId shop, const Contact& contact) {
  if (contact.empty()) return {};
  return sealer_.KeyedHash(
      shop, "customer-contact",
      contact.name + kSeparator + contact.phone + kSeparator + contact.address);
}

std::string ContactSeal::PhoneHash(ShopId shop, const std::string& phone) {
  const std::string normalised = platform::NormalisePhone(phone);
  return normalised.empty() ? std::string() : sealer_.KeyedHash(shop, "phone", normalised);
}

std::string ContactSeal::PlaceHash(ShopId shop, const Contact& contact) {
  const std::string normalised = NormalisedPlace(contact);
  return normalised.empty() ? std::string() : sealer_.KeyedHash(shop, "place", normalised);
}

std::string ContactSeal::NickHash(ShopId shop, std::string_view platform, std::string_view nick) {
  return sealer_.KeyedHash(shop, "erased-nick",
                           std::string(platform) + kSeparator + std::string(nick));
}

std::string ContactSeal::SealText(platform::Connection& connection, ShopId shop,
                                  CustomerId customer, std::string_view clear) {
  return sealer_.Seal(connection, shop, SubjectKind::kCustomer, customer.value, clear);
}

std::string ContactSeal::SealReason(platform::Connection& connection, ShopId shop,
                                    const Reveal& reveal) {
  const platform::Subject subject = SubjectOf(reveal);
  return sealer_.Seal(connection, shop, subject.kind, subject.id, reveal.reason);
}

void ContactSeal::OpenReasons(platform::Connection& connection, ShopId shop,
                              std::span<Reveal> reveals, std::span<const std::string> sealed) {
  std::vector<platform::OpenItem> items;
  for (std::size_t i = 0; i < reveals.size(); ++i) {
    items.push_back({SubjectOf(reveals[i]), sealed[i]});
  }
  std::vector<std::optional<std::string>> clear = sealer_.OpenMany(connection, shop, items);
  for (std::size_t i = 0; i < reveals.size(); ++i) {
    reveals[i].reason = clear[i].value_or(std::string());
  }
}

std::string ContactSeal::Seal(platform::Connection& connection, ShopId shop, CustomerId customer,
                              const Contact& contact) {
  return SealText(connection, shop, customer, ToBytes(contact));
}

std::vector<std::string> ContactSeal::SealMany(platform::Connection& connection, ShopId shop,
                                               std::span<const LearntContact* const> words) {
  std::vector<std::string> clear;
  clear.reserve(words.size());
  std::vector<platform::SealItem> items;
  items.reserve(words.size());
  for (const LearntContact* word : words) {
    clear.push_back(ToBytes(word->contact));
    items.push_back({{SubjectKind::kCustomer, word->customer.value}, clear.back()});
  }
  return sealer_.SealMany(connection, shop, items);
}

Contact ContactSeal::Open(platform::Connection& connection, ShopId shop, CustomerId customer,
                          std::string_view sealed) {
  const std::optional<std::string> clear =
      sealer_.Open(connection, shop, SubjectKind::kCustomer, customer.value, sealed);
  return clear ? FromBytes(*clear) : Contact{};
}

std::vector<Contact> ContactSeal::ReadMasked(platform::Connection& connection, ShopId shop,
                                             std::span<const CustomerId> customers) {
  static const MultiRow select(sql::kSelectContacts, 2, ")", 256);
  std::vector<Contact> result(customers.size());
  if (customers.empty()) return result;
  std::vector<Value> keys;
  for (const CustomerId customer : customers) keys.insert(keys.end(), {shop, customer});
  std::vector<CustomerId> found;
  std::vector<std::string> sealed;
  select.Query(connection, keys, [&](Result& row) {
    found.push_back(row.Id<CustomerId>(0));
    sealed.push_back(row.String(1));
  });
  std::vector<platform::OpenItem> items;
  for (std::size_t i = 0; i < found.size(); ++i) {
    items.push_back({{SubjectKind::kCustomer, found[i].value}, sealed[i]});
  }
  const std::vector<std::optional<std::string>> clear = sealer_.OpenMany(connection, shop, items);
  std::unordered_map<CustomerId, Contact> masked;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::optional<std::string>& one = clear[i];
    if (one) masked[found[i]] = Masked(FromBytes(*one));
  }
  for (std::size_t i = 0; i < customers.size(); ++i) {
    const auto known = masked.find(customers[i]);
    if (known != masked.end()) result[i] = known->second;
  }
  return result;
}

}  // namespace redress::customer
