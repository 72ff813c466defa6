#pragma once

// Tags of a shop and who has them.
//
// A tag is decided by hand or by its rule. A decision by hand (set or denied) stands above the rule
// until it expires or is handed back; of several in a group of merged customers the latest counts.
// Decisions stand with the customer row that they were made of, so that unmerging restores them;
// what rules decide stands with the head.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/customer/domain/rules/evaluate.h"
#include "services/customer/domain/write.h"

namespace redress::customer {

inline constexpr std::size_t kMostTags = 200;  // of a shop

struct Tag {
  std::string code = {};
  std::string group = {};
  std::string colour = {};
  std::string name_zh = {};
  std::string name_en = {};
  std::string meaning_zh = {};
  std::string meaning_en = {};
  std::uint32_t expiry_days = 0;  // of decisions by hand; 0: never
  bool by_hand = true;
  bool by_rule = false;  // whether a rule that is on sets it; read only
  bool archived = false;
  std::uint32_t version = 0;
};

enum class TagOrigin : std::uint8_t { kNone = 0, kHand = 1, kRule = 2 };
enum class TagAction : std::uint8_t { kSet = 1, kRemoved = 2, kExpired = 3, kHandedBack = 4 };
enum class TagResult : std::uint8_t { kChanged = 1, kUnchanged = 2, kNotFound = 3 };

struct CustomerTag {
  CustomerId customer = {};  // the row that it stands with
  std::string tag = {};
  TagOrigin origin = TagOrigin::kNone;
  bool denied = false;  // by hand
  AccountId account = {};
  std::uint32_t rule_version = 0;
  std::vector<rules::Reason> why = {};
  std::int64_t since = 0;
  std::int64_t expires_at = 0;  // 0: never
};

struct TagChange {
  std::uint64_t id = 0;
  CustomerId customer = {};
  std::string tag = {};
  TagAction action = TagAction::kSet;
  TagOrigin origin = TagOrigin::kNone;
  AccountId account = {};
  std::uint32_t rule_version = 0;
  std::vector<rules::Reason> why = {};
  std::int64_t changed_at = 0;
  std::int64_t expires_at = 0;
};

enum class HandDecision { kSet, kDeny, kHandBack };

struct TagByHand {
  std::string tag = {};
  HandDecision decision = HandDecision::kSet;
  std::int64_t expires_at = 0;  // 0: as the tag is defined
};

// What decides each tag of one person, of all decisions by hand of the group's rows. Expired ones
// count as absent. Answers one decision per tag, by code.
std::vector<CustomerTag> DecidedByHand(std::span<const CustomerTag> decisions, std::int64_t now_us);

class TagRepository {
 public:
  virtual ~TagRepository() = default;

  // Creates for version 0. ALREADY_EXISTS, NOT_FOUND, ABORTED; FAILED_PRECONDITION at the limit.
  virtual Tag Set(const Write& write, const Tag& tag) = 0;
  // FAILED_PRECONDITION (TAG_IN_USE) while a condition names it or a rule sets it.
  virtual Tag SetArchived(const Write& write, const std::string& code, std::uint32_t version,
                          bool archived) = 0;
  virtual std::vector<Tag> List(ShopId shop, bool with_archived) = 0;

  // One result per customer, in their order. NOT_FOUND for the tag; FAILED_PRECONDITION for one
  // that is archived or not set by hand.
  virtual std::vector<TagResult> Decide(const Write& write, const TagByHand& by_hand,
                                        std::span<const CustomerId> customers) = 0;

  // What a person has or is denied, by code; `members` are all rows of the group, head first.
  virtual std::vector<CustomerTag> Of(ShopId shop, std::span<const CustomerId> members,
                                      std::int64_t now_us) = 0;
  // Newest first, below `before` where it is not 0.
  virtual std::vector<TagChange> Changes(ShopId shop, std::span<const CustomerId> members,
                                         std::uint64_t before, std::size_t limit) = 0;
  // The people above `after`, by head, ascending. NOT_FOUND for the tag.
  virtual std::vector<CustomerTag> Tagged(ShopId shop, const std::string& code, CustomerId after,
                                          std::size_t limit) = 0;
};

}  // namespace redress::customer
