// Members in MySQL.
#pragma once

#include "services/identity/domain/shop_repository.h"
#include "services/platform/database/pool.h"

namespace redress::identity {

class MemberStore final : public MemberRepository {
 public:
  explicit MemberStore(platform::Pool& pool) : pool_(pool) {}

  bool AccountExists(const std::string& account_name) override;
  Member Create(const WriteKey& key, const NewMember& member) override;
  Member Update(const WriteKey& key, const MemberChange& change) override;
  std::vector<Member> List(ShopId shop, AccountId after, std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::identity
