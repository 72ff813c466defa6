// CustomerTransaction over one connection in a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/customer/domain/customer_store.h"
#include "services/customer/store/contact_seal.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

class MysqlCustomerTransaction final : public CustomerTransaction {
 public:
  MysqlCustomerTransaction(platform::Connection& connection, ContactSeal& contacts,
                           platform::Clock& clock)
      : connection_(connection), contacts_(contacts), clock_(clock) {}

  std::optional<Customer> LockByNick(ShopId shop, const std::string& platform,
                                     const std::string& nick) override;
  Contact ReadContact(ShopId shop, CustomerId customer) override;
  void Create(ShopId shop, const Customer& customer) override;
  void SetVersion(ShopId shop, CustomerId customer, std::uint32_t version) override;
  void WriteContact(ShopId shop, CustomerId customer, const Contact& contact) override;
  std::vector<std::int64_t> LockRevealTimes(ShopId shop, AccountId account, std::int64_t since,
                                            std::size_t limit) override;
  void AddReveal(ShopId shop, const Reveal& reveal) override;
  Contact RevealedContact(ShopId shop, std::uint64_t reveal) override;
  std::optional<std::string> FindAnswer(ShopId shop, std::string_view request_id,
                                        const platform::Digest& digest) override;
  void RememberAnswer(ShopId shop, std::string_view request_id, const platform::Digest& digest,
                      std::string_view answer) override;

 private:
  std::string SealedContact(ShopId shop, CustomerId customer);

  platform::Connection& connection_;
  ContactSeal& contacts_;
  platform::Clock& clock_;
};

}  // namespace redress::customer
