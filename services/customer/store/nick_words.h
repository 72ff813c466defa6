// The words by which nicks are found, kept in the transaction that writes the nick.
#pragma once

#include <span>
#include <string_view>

#include "services/customer/domain/customer.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

struct FindableNick {
  CustomerId customer;
  std::string_view nick;
};

// Rows are written in the order of their key, so that two writers wait for each other, not in a
// circle. Nicks that are findable already stay so.
void WriteNickWords(platform::Connection& connection, ShopId shop,
                    std::span<const FindableNick> nicks);

// The customer is no longer found by this nick, for whoever changes or erases it.
void DeleteNickWords(platform::Connection& connection, ShopId shop, const FindableNick& nick);

}  // namespace redress::customer
