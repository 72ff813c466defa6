// Where customers are kept, as the use cases see it. Implemented over MySQL in store/.
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
#include "services/customer/domain/learnt_contact.h"
#include "services/customer/domain/reveals.h"
#include "services/platform/base/text.h"

namespace redress::customer {

// One transaction. What it locks and writes is given back or undone together with it.
class CustomerTransaction {
 public:
  virtual ~CustomerTransaction() = default;

  // Locked until the transaction ends.
  virtual std::optional<Customer> LockByNick(ShopId shop, const std::string& platform,
                                             const std::string& nick) = 0;
  // In clear; empty where none is known or the person was erased.
  virtual Contact ReadContact(ShopId shop, CustomerId customer) = 0;

  // The number is new, or the customer is locked.
  virtual void Create(ShopId shop, const Customer& customer) = 0;
  virtual void SetVersion(ShopId shop, CustomerId customer, std::uint32_t version) = 0;
  // As entered by hand, also where it is empty.
  virtual void WriteContact(ShopId shop, CustomerId customer, const Contact& contact) = 0;

  // Times of the account's reveals since then, newest first, at most `limit`. Until the transaction
  // ends nobody else counts or adds the account's.
  virtual std::vector<std::int64_t> LockRevealTimes(ShopId shop, AccountId account,
                                                    std::int64_t since, std::size_t limit) = 0;
  // Records the reveal; one of contact data with the contact data as it is now.
  virtual void AddReveal(ShopId shop, const Reveal& reveal) = 0;
  // What that reveal showed.
  virtual Contact RevealedContact(ShopId shop, std::uint64_t reveal) = 0;

  // What the request answered before; INVALID_ARGUMENT when its id was used for something else.
  virtual std::optional<std::string> FindAnswer(ShopId shop, std::string_view request_id,
                                                const platform::Digest& digest) = 0;
  virtual void RememberAnswer(ShopId shop, std::string_view request_id,
                              const platform::Digest& digest, std::string_view answer) = 0;
};

// Thread-safe. Failures are platform::Refusal (busy, unavailable) or bugs.
class CustomerStore {
 public:
  virtual ~CustomerStore() = default;

  // Runs body in one transaction. It may run several times, so it assigns its outputs.
  virtual void InTransaction(const std::function<void(CustomerTransaction&)>& body) = 0;

  // The customers of these nicks (distinct), found or created, in the order of the nicks; a bounded
  // number of round trips for a thousand nicks.
  virtual std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                         std::span<const std::string> nicks) = 0;
  // The same for those that there are; none for the others.
  virtual std::vector<CustomerId> Find(ShopId shop, const std::string& platform,
                                       std::span<const std::string> nicks) = 0;

  // When persons with the nicks of these words were erased, in the order of the words; 0 for never.
  virtual std::vector<std::int64_t> ErasedAt(ShopId shop, const std::string& platform,
                                             std::span<const LearntContact> words) = 0;
  // Keeps what sources say of these customers (distinct, in the order of their ids) as Judge
  // decides.
  virtual void Learn(ShopId shop, std::span<const LearntContact> words) = 0;

  // Keyed hashes: of contact data as a whole, empty for none; of a phone in any usual spelling,
  // empty when there is no number in it.
  virtual std::string ContactHash(ShopId shop, const Contact& contact) = 0;
  virtual std::string PhoneHash(ShopId shop, const std::string& phone) = 0;

  // In the order of the argument; those that do not exist are left out.
  virtual std::vector<CustomerView> Read(ShopId shop, std::span<const CustomerId> customers) = 0;
  virtual CustomerId FindByNick(ShopId shop, const std::string& platform,
                                const std::string& nick) = 0;
  // Newest first.
  virtual std::vector<CustomerId> FindByPhoneHash(ShopId shop, const std::string& hash,
                                                  std::size_t limit) = 0;
  virtual std::vector<CustomerId> List(ShopId shop, std::optional<CustomerId> before,
                                       std::size_t limit) = 0;
};

}  // namespace redress::customer
