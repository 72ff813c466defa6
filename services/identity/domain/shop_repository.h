// Shops, settings and members as they are stored. Each write is one transaction: the request's
// answer, the rows and the directory's change commit together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/identity/domain/member.h"
#include "services/identity/domain/shop.h"
#include "services/identity/domain/write_key.h"

namespace redress::identity {

struct NewShop {
  std::string name;
  std::string time_zone;
  std::string currency_code;
  NewAccount admin;
};

struct CreatedShop {
  Shop shop;
  AccountId admin;
};

class ShopRepository {
 public:
  virtual ~ShopRepository() = default;

  // Takes the next shop number. ALREADY_EXISTS when the admin's account name is taken.
  virtual CreatedShop Create(const WriteKey& key, const NewShop& shop) = 0;
  // NOT_FOUND for an unknown shop.
  virtual Shop Get(ShopId shop, std::int64_t now_us) = 0;
  virtual ShopSetting Set(const WriteKey& key, const SettingChange& change) = 0;
  // By name, then date; after that place in the order.
  virtual std::vector<ShopSetting> Settings(ShopId shop, const std::string& after_name,
                                            std::int64_t after_effective_at, std::size_t limit) = 0;
};

class MemberRepository {
 public:
  virtual ~MemberRepository() = default;

  virtual bool AccountExists(const std::string& account_name) = 0;
  // ALREADY_EXISTS when the account has a membership here, ended or not.
  virtual Member Create(const WriteKey& key, const NewMember& member) = 0;
  // NOT_FOUND for an account without a membership here.
  virtual Member Update(const WriteKey& key, const MemberChange& change) = 0;
  // By account id.
  virtual std::vector<Member> List(ShopId shop, AccountId after, std::size_t limit) = 0;
};

}  // namespace redress::identity
