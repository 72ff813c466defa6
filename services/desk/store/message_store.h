#pragma once

#include "services/desk/domain/message_repository.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::desk {

class SqlMessageRepository final : public MessageRepository {
 public:
  SqlMessageRepository(platform::Pool& pool, platform::Sealer& sealer, platform::IdSource& ids)
      : pool_(pool), sealer_(sealer), ids_(ids) {}

  std::optional<Message> FindRepeat(const Write& write) override;
  Message Create(const Write& write, const Message& message) override;
  Message Change(const Write& write, MessageId id, std::uint32_t version, MessageAction action,
                 const std::string& reason) override;
  std::optional<Message> Find(ShopId shop, MessageId id) override;
  std::vector<Message> List(const MessageQuery& query) override;
  std::vector<ShopId> DueShops(std::int64_t now_us, std::size_t limit) override;
  std::optional<Message> ClaimDue(ShopId shop, std::int64_t now_us, std::int64_t lease_us) override;
  std::string StoreContent(const Message& claimed, const Filling& filling,
                           std::int64_t now_us) override;
  std::int64_t LastContact(ShopId shop, CaseId case_id) override;
  bool Finish(const Message& claimed, const Tried& tried, std::int64_t now_us) override;
  Counts Count(std::size_t most) override;

 private:
  std::vector<Message> Rows(platform::Connection& db, const MessageQuery& query);
  Message Stored(platform::Connection& db, ShopId shop, MessageId id);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  platform::IdSource& ids_;
};

}  // namespace redress::desk
