#pragma once

#include "services/customer/domain/tag.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

class SqlTagRepository final : public TagRepository {
 public:
  SqlTagRepository(platform::Pool& pool, platform::IdSource& ids) : pool_(pool), ids_(ids) {}

  Tag Set(const Write& write, const Tag& tag) override;
  Tag SetArchived(const Write& write, const std::string& code, std::uint32_t version,
                  bool archived) override;
  std::vector<Tag> List(ShopId shop, bool with_archived) override;
  std::vector<TagResult> Decide(const Write& write, const TagByHand& by_hand,
                                std::span<const CustomerId> customers) override;
  std::vector<CustomerTag> Of(ShopId shop, std::span<const CustomerId> members,
                              std::int64_t now_us) override;
  std::vector<TagChange> Changes(ShopId shop, std::span<const CustomerId> members,
                                 std::uint64_t before, std::size_t limit) override;
  std::vector<CustomerTag> Tagged(ShopId shop, const std::string& code, CustomerId after,
                                  std::size_t limit) override;

 private:
  platform::Pool& pool_;
  platform::IdSource& ids_;
};

}  // namespace redress::customer
