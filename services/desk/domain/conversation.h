#pragma once

// A conversation: messages between one customer and the shop's agents. Times are UTC microseconds.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/desk/domain/write.h"

namespace redress::desk {

using ConversationId = platform::StrongId<struct ConversationTag>;

// Stored numbers never move.
enum class Side : std::uint8_t { kCustomer = 1, kShop = 2 };

struct ConversationMessage {
  std::uint32_t sequence = 0;
  std::string number;  // the source's, unique in the conversation
  Side side = Side::kCustomer;
  AccountId agent;         // who spoke for the shop; 0: nobody who has an account here
  std::string agent_name;  // as the source has it
  std::int64_t sent_at = 0;
  std::string reply_to;  // the source's own numbers of what it answers
  std::string text;
};

struct Conversation {
  ShopId shop;
  ConversationId id;
  std::string source;
  std::string source_number;
  std::string channel;
  CustomerId customer;  // 0: the source names none
  AccountId agent;      // who answered last
  std::int64_t started_at = 0;
  std::int64_t last_message_at = 0;
  std::uint32_t customer_messages = 0;
  std::uint32_t shop_messages = 0;
  std::uint32_t version = 0;  // counts its events

  std::uint32_t Messages() const { return customer_messages + shop_messages; }
  // One message more, in whatever order they come.
  void Count(const ConversationMessage& message);
};

// Where the page before ended: the newest messages come first.
struct ConversationPlace {
  std::int64_t last_message_at = 0;
  ConversationId id;
};

class ConversationRepository {
 public:
  virtual ~ConversationRepository() = default;
  virtual std::optional<Conversation> Find(ShopId shop, ConversationId id) = 0;
  // Without `customer` those of the shop; those with the latest message first.
  virtual std::vector<Conversation> List(ShopId shop, CustomerId customer,
                                         std::optional<ConversationPlace> after,
                                         std::size_t limit) = 0;
  // By sequence, from above `after`. Texts only where `with_texts`; "" once the person was erased.
  virtual std::vector<ConversationMessage> Messages(const Conversation& of, std::uint32_t after,
                                                    std::size_t limit, bool with_texts) = 0;
};

}  // namespace redress::desk
