// What can be done with the customers of a shop. Another shop's customer is as unknown as one that
// does not exist: Refusal NOT_FOUND.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/customer.h"
#include "services/customer/domain/customer_store.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"

namespace redress::customer {

struct UpsertRequest {
  std::string request_id;
  platform::Digest digest;  // of the actor and all that was asked, but for the contact data
  std::string platform;
  std::string nick;
  std::optional<Contact> contact;  // absent: leaves what is known
  std::string etag;                // the version that the caller saw; empty to create
};

struct RevealRequest {
  std::string request_id;
  platform::Digest digest;
  CustomerId customer;  // none: the order names no customer
  AccountId account;
  std::string client;
  std::string reason;
  RevealKind kind = RevealKind::kContact;
  OrderId order = {};
};

struct CustomerPage {
  std::vector<CustomerView> customers;
  std::optional<CustomerId> next;  // absent on the last page
};

// Thread-safe; all of its parts outlive it.
class Customers {
 public:
  Customers(CustomerStore& store, platform::IdSource& ids, platform::Clock& clock,
            RevealLimits limits = {})
      : store_(store), ids_(ids), clock_(clock), limits_(limits) {}

  // Answers what `encode` made of the customer, or what it made when the request first came.
  // ABORTED with the current version when the customer exists, would change, and `etag` is not
  // that version; NOT_FOUND for an etag of a nick that nobody has.
  std::string Upsert(ShopId shop, const UpsertRequest& request,
                     const std::function<std::string(const Customer&)>& encode);

  // Ids in the order of the nicks, which may repeat.
  std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                 std::span<const std::string> nicks);
  // The same for those that there are; none for the others.
  std::vector<CustomerId> Find(ShopId shop, const std::string& platform,
                               std::span<const std::string> nicks);

  // Learns how to reach customers as a source says it; of several words about one the latest, and
  // nothing that was said before somebody with the nick was erased.
  void Learn(ShopId shop, const std::string& platform, std::vector<LearntContact> words);

  CustomerView Get(ShopId shop, CustomerId customer);
  std::vector<CustomerView> FindByNick(ShopId shop, const std::string& platform,
                                       const std::string& nick);
  // Newest first, at most 50.
  std::vector<CustomerView> FindByPhone(ShopId shop, const std::string& phone);
  // Newest first.
  CustomerPage List(ShopId shop, std::optional<CustomerId> before, std::size_t size);

  // The contact data in clear; recorded once per request. RESOURCE_EXHAUSTED with the time to wait
  // when the account has reached its limits; FAILED_PRECONDITION SUBJECT_ERASED for an erased one.
  Contact RevealContact(ShopId shop, const RevealRequest& request);
  // The same for what is shown elsewhere; answers the reveal.
  std::uint64_t RecordReveal(ShopId shop, const RevealRequest& request);

 private:
  std::uint64_t AddReveal(CustomerTransaction& transaction, ShopId shop,
                          const RevealRequest& request);

  CustomerStore& store_;
  platform::IdSource& ids_;
  platform::Clock& clock_;
  const RevealLimits limits_;
};

}  // namespace redress::customer
