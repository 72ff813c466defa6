#pragma once

// Brings conversations of other systems in: each judged by itself, known again by the source's own
// number; one that comes again gets the messages that it has more.

#include <chrono>
#include <span>
#include <variant>
#include <vector>

#include "services/desk/domain/conversation.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/ids.h"

namespace redress::desk {

using Until = std::chrono::steady_clock::time_point;

// The customer service, as far as conversations need it.
class CustomerBook {
 public:
  virtual ~CustomerBook() = default;
  // The customers of these nicks, found or created, in the order of the nicks (distinct, not
  // empty). Throws Refusal when it cannot be asked, or not until then.
  virtual std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                         std::span<const std::string> nicks, Until until) = 0;
};

struct ConversationInput {
  std::string source;
  std::string source_number;
  std::string channel;
  std::string platform;
  std::string buyer_nick;
  std::vector<ConversationMessage> messages;
};

enum class ConversationFate : std::uint8_t {
  kRefused = 0,
  kCreated = 1,
  kChanged = 2,
  kUnchanged = 3,
};

struct ConversationResult {
  ConversationFate fate = ConversationFate::kRefused;
  platform::FieldViolation problem;  // of a refused one
  ConversationId id;                 // 0: nothing was stored
};

// One that is good so far.
struct PendingConversation {
  const ConversationInput* input = nullptr;
  ConversationId id;  // that it gets if it is new
  CustomerId customer;
  ConversationResult* result = nullptr;
};

class ConversationStore {
 public:
  virtual ~ConversationStore() = default;
  // In one transaction; sets the results.
  virtual void Store(ShopId shop, std::span<PendingConversation> pending) = 0;
  // What storing would come to; sets the results.
  virtual void Foresee(ShopId shop, std::span<PendingConversation> pending) = 0;
};

class ConversationImport {
 public:
  struct Uses {
    ConversationStore& store;
    CustomerBook& customers;
    platform::IdSource& ids;
    const platform::Clock& clock;
  };
  explicit ConversationImport(const Uses& uses) : uses_(uses) {}

  using Item = std::variant<ConversationInput, platform::FieldViolation>;
  // One result per item, in their order. Sorts each one's messages by time, those of one time as
  // they came. With `validate_only` nothing is stored, and no customer is made.
  std::vector<ConversationResult> Import(ShopId shop, std::span<Item> items, bool validate_only,
                                         Until until);

 private:
  std::vector<PendingConversation> JudgeAll(std::span<Item> items,
                                            std::vector<ConversationResult>& results) const;
  void FindCustomers(ShopId shop, std::span<PendingConversation> pending, Until until);

  const Uses uses_;
};

}  // namespace redress::desk
