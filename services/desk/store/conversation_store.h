#pragma once

#include "services/desk/domain/conversation_import.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/event_log.h"
#include "services/platform/sealing/sealer.h"

namespace redress::desk {

class SqlConversationStore final : public ConversationStore, public ConversationRepository {
 public:
  // References outlive the store.
  SqlConversationStore(platform::Pool& pool, platform::Sealer& sealer, platform::EventLog& events)
      : pool_(pool), sealer_(sealer), events_(events) {}

  void Store(ShopId shop, std::span<PendingConversation> pending) override;
  void Foresee(ShopId shop, std::span<PendingConversation> pending) override;

  std::optional<Conversation> Find(ShopId shop, ConversationId id) override;
  std::vector<Conversation> List(ShopId shop, CustomerId customer,
                                 std::optional<ConversationPlace> after,
                                 std::size_t limit) override;
  std::vector<ConversationMessage> Messages(const Conversation& of, std::uint32_t after,
                                            std::size_t limit, bool with_texts) override;

 private:
  void StoreOnce(platform::Connection& db, ShopId shop, std::span<PendingConversation> pending);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  platform::EventLog& events_;
};

}  // namespace redress::desk
