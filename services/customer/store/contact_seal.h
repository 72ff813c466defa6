// Contact data of customers, sealed under each customer's own key.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/customer/domain/customer.h"
#include "services/customer/domain/learnt_contact.h"
#include "services/customer/domain/reveals.h"
#include "services/platform/database/connection.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class ContactSeal {
 public:
  // The sealer outlives it.
  explicit ContactSeal(platform::Sealer& sealer) : sealer_(sealer) {}

  std::string ContentHash(ShopId shop, const Contact& contact);  // empty for an empty contact
  std::string PhoneHash(ShopId shop, const std::string& phone);  // empty without a number in it
  // Of name and address in any spelling; empty when either is.
  std::string PlaceHash(ShopId shop, const Contact& contact);

  // By which a nick is known again though nobody has it any more.
  std::string NickHash(ShopId shop, std::string_view platform, std::string_view nick);

  std::string SealText(platform::Connection& connection, ShopId shop, CustomerId customer,
                       std::string_view clear);
  // Under the customer's key, or the order's where it names no customer.
  std::string SealReason(platform::Connection& connection, ShopId shop, const Reveal& reveal);
  // Empties the reasons of erased persons. `sealed` are those of `reveals`, in their order.
  void OpenReasons(platform::Connection& connection, ShopId shop, std::span<Reveal> reveals,
                   std::span<const std::string> sealed);
  std::string Seal(platform::Connection& connection, ShopId shop, CustomerId customer,
                   const Contact& contact);
  // In the order of the words, in a bounded number of round trips.
  std::vector<std::string> SealMany(platform::Connection& connection, ShopId shop,
                                    std::span<const LearntContact* const> words);
  // Empty for an empty blob and for an erased person.
  Contact Open(platform::Connection& connection, ShopId shop, CustomerId customer,
               std::string_view sealed);
  // The stored contacts of these customers, masked, in their order.
  std::vector<Contact> ReadMasked(platform::Connection& connection, ShopId shop,
                                  std::span<const CustomerId> customers);

 private:
  platform::Sealer& sealer_;
};

}  // namespace redress::customer
