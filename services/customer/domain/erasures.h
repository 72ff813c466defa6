// Erasing a person: what identifies them becomes unreadable for good in every service; figures and
// histories stay. The customer service begins it; every other one confirms its part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/customer/domain/customer.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/text.h"

namespace redress::customer {

struct ErasureConfirmation {
  std::string service;
  std::int64_t confirmed_at = 0;  // 0: not yet
};

struct Erasure {
  std::uint64_t id = 0;
  CustomerId named;
  std::vector<CustomerId> customers;  // the named one and those merged with it
  AccountId account;
  std::string reason;
  std::int64_t erased_at = 0;
  std::vector<ErasureConfirmation> confirmations;
};

struct EraseRequest {
  std::string request_id;
  platform::Digest digest;
  CustomerId customer;
  AccountId account;
  std::string reason;
};

// The nick that an erased customer has from then on: no platform has it, and no other customer.
std::string ErasedNick(CustomerId customer);

// Thread-safe. Failures are platform::Refusal.
class ErasureStore {
 public:
  virtual ~ErasureStore() = default;

  // The customer and those merged with it; NOT_FOUND for one that the shop does not have.
  virtual std::vector<CustomerId> GroupOf(ShopId shop, CustomerId customer) = 0;
  // Destroys the keys of the whole group, forgets what can be searched, and appends the event, all
  // in one transaction. A repeat of the request changes nothing. `expected` is the group as it was
  // judged: ABORTED when somebody merged or parted it meanwhile.
  virtual void Erase(ShopId shop, const EraseRequest& request,
                     std::span<const CustomerId> expected) = 0;
  // Of the group that the customer was erased with.
  virtual std::optional<Erasure> Find(ShopId shop, CustomerId customer) = 0;
  // Newest first.
  virtual std::vector<Erasure> List(ShopId shop, std::optional<std::uint64_t> before,
                                    std::size_t limit) = 0;
  // Whether there is such an erasure. The first confirmation counts.
  virtual bool Confirm(ShopId shop, CustomerId named, std::string_view service) = 0;
};

// What keeps a person from being erased, by name.
using FindObstacles =
    std::function<std::vector<std::string>(ShopId shop, std::span<const CustomerId> customers)>;

// Thread-safe; the store outlives it.
class Erasures {
 public:
  explicit Erasures(ErasureStore& store) : store_(store) {}

  // FAILED_PRECONDITION CUSTOMER_HAS_OPEN_CASES while a case of the person is open. One who was
  // erased already is answered as they were.
  Erasure Erase(ShopId shop, const EraseRequest& request, const FindObstacles& obstacles);
  Erasure Get(ShopId shop, CustomerId customer);
  std::vector<Erasure> List(ShopId shop, std::optional<std::uint64_t> before, std::size_t limit) {
    return store_.List(shop, before, limit);
  }
  void Confirm(ShopId shop, CustomerId named, std::string_view service);

 private:
  ErasureStore& store_;
};

}  // namespace redress::customer
