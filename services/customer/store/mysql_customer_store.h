// CustomerStore in the service's MariaDB schema; contact data is sealed.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "services/customer/domain/customer_store.h"
#include "services/customer/store/contact_seal.h"
#include "services/customer/store/learnt_contacts.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class MysqlCustomerStore final : public CustomerStore {
 public:
  // All outlive the store.
  MysqlCustomerStore(platform::Pool& pool, platform::Sealer& sealer, platform::IdSource& ids,
                     platform::Clock& clock)
      : pool_(pool), contacts_(sealer), learnt_(pool, contacts_), ids_(ids), clock_(clock) {}

  void InTransaction(const std::function<void(CustomerTransaction&)>& body) override;
  std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                 std::span<const std::string> nicks) override;
  std::vector<CustomerId> Find(ShopId shop, const std::string& platform,
                               std::span<const std::string> nicks) override;
  std::vector<std::int64_t> ErasedAt(ShopId shop, const std::string& platform,
                                     std::span<const LearntContact> words) override;
  void Learn(ShopId shop, std::span<const LearntContact> words) override;
  std::string ContactHash(ShopId shop, const Contact& contact) override;
  std::string PhoneHash(ShopId shop, const std::string& phone) override;
  std::vector<CustomerView> Read(ShopId shop, std::span<const CustomerId> customers) override;
  CustomerId FindByNick(ShopId shop, const std::string& platform, const std::string& nick) override;
  std::vector<CustomerId> FindByPhoneHash(ShopId shop, const std::string& hash,
                                          std::size_t limit) override;
  std::vector<CustomerId> List(ShopId shop, std::optional<CustomerId> before,
                               std::size_t limit) override;

 private:
  using Known = std::unordered_map<std::string, CustomerId>;

  Known FindNicks(platform::Connection& connection, ShopId shop, const std::string& platform,
                  std::span<const std::string> nicks);
  void CreateMissing(platform::Connection& connection, ShopId shop, const std::string& platform,
                     std::span<const std::string> nicks);

  platform::Pool& pool_;
  ContactSeal contacts_;
  LearntContacts learnt_;
  platform::IdSource& ids_;
  platform::Clock& clock_;
};

}  // namespace redress::customer
