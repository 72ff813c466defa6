// Merging customers into one person, and taking them apart again.
//
// A merge is an edge from the head of one group to the head of another, so the edges that stand are
// a forest, whose roots are the heads. Undoing an edge cuts off the customer with everybody below:
// whatever the order of merges and undoings, the groups are what the standing edges say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/customer/domain/person.h"
#include "services/customer/domain/write.h"

namespace redress::customer {

using MergeId = platform::StrongId<struct MergeTag>;

struct MergeEdge {
  CustomerId customer;
  CustomerId into;
};

// The customer and all below, by the edges of their group; in the order of their ids but for the
// customer, who comes first.
std::vector<CustomerId> Branch(CustomerId customer, const std::vector<MergeEdge>& edges);

struct MergeRequest {
  Write write;
  CustomerId customer;
  CustomerId into;
  std::uint32_t version = 0;
  std::uint32_t into_version = 0;
  std::string reason;
};

struct UnmergeRequest {
  Write write;
  CustomerId customer;
  std::uint32_t version = 0;
  std::string reason;
};

// One merge, as its history tells. A reason is empty once the person was erased.
struct Merge {
  MergeId id;
  CustomerId customer;
  CustomerId into;
  std::int64_t merged_at = 0;
  AccountId merger;
  std::string reason;
  std::int64_t unmerged_at = 0;  // 0 while it stands
  AccountId unmerger;
  std::string unmerge_reason;
};

enum class DuplicateReason : std::uint8_t { kPhone = 1, kAddress = 2 };

struct DuplicateGroup {
  DuplicateReason reason = DuplicateReason::kPhone;
  std::vector<CustomerId> customers;  // of different people, newest first; at most kMostMembers
};

// Where a walk over possible duplicates stands: behind the customer of that hash.
struct DuplicateCursor {
  DuplicateReason reason = DuplicateReason::kPhone;
  std::string hash;  // 32 bytes; empty at the beginning
};

struct DuplicatePage {
  std::vector<DuplicateGroup> groups;
  std::optional<DuplicateCursor> next;
};

// What a customer is called besides the nick.
struct Identity {
  std::string kind;
  std::string platform;
  std::string name;

  bool operator==(const Identity&) const = default;
};

inline constexpr std::size_t kMostIdentities = 100;  // of a customer

// Thread-safe. Refusals: NOT_FOUND for another shop's customer, ABORTED for a version that is not
// the customer's, FAILED_PRECONDITION for what cannot be merged or undone.
class MergeRepository {
 public:
  virtual ~MergeRepository() = default;

  // Answers the person that the customer now belongs to.
  virtual Person Merge(const MergeRequest& request) = 0;
  virtual Person Unmerge(const UnmergeRequest& request) = 0;
  // Newest first.
  virtual std::vector<customer::Merge> History(ShopId shop, CustomerId customer, MergeId before,
                                               std::size_t limit) = 0;

  // A bounded walk: a page may hold fewer groups although more follow. `only` keeps to one reason.
  virtual DuplicatePage Duplicates(ShopId shop, const DuplicateCursor& after,
                                   std::optional<DuplicateReason> only, std::size_t limit) = 0;

  virtual Person Link(const Write& write, CustomerId customer, const Identity& identity) = 0;
  virtual Person Unlink(const Write& write, CustomerId customer, const Identity& identity) = 0;
  virtual std::vector<Identity> IdentitiesOf(ShopId shop, const Person& person) = 0;
  // None when nobody is called so.
  virtual CustomerId FindByIdentity(ShopId shop, const Identity& identity) = 0;
};

}  // namespace redress::customer
