// Use cases of shops and members: hashes passwords, then lets the repository write.
#pragma once

#include <string>
#include <vector>

#include "services/identity/domain/password_hasher.h"
#include "services/identity/domain/shop_repository.h"
#include "services/platform/base/clock.h"

namespace redress::identity {

// A person's details as they came in; the password is hashed here and goes nowhere else.
struct PersonDetails {
  std::string account_name;
  std::string display_name;
  std::string password;
};

class Shops {
 public:
  Shops(ShopRepository& shops, MemberRepository& members, PasswordHasher& passwords,
        platform::IdSource& ids, const platform::Clock& clock)
      : shops_(shops), members_(members), passwords_(passwords), ids_(ids), clock_(clock) {}

  // The key's time is filled in here.
  CreatedShop Create(WriteKey key, NewShop shop, const PersonDetails& admin);
  Shop Get(ShopId shop) { return shops_.Get(shop, clock_.NowUs()); }
  ShopSetting Set(WriteKey key, const SettingChange& change);
  std::vector<ShopSetting> Settings(ShopId shop, const std::string& after_name,
                                    std::int64_t after_effective_at, std::size_t limit) {
    return shops_.Settings(shop, after_name, after_effective_at, limit);
  }

  Member CreateMember(WriteKey key, NewMember member, const PersonDetails& person);
  Member UpdateMember(WriteKey key, const MemberChange& change);
  std::vector<Member> Members(ShopId shop, AccountId after, std::size_t limit) {
    return members_.List(shop, after, limit);
  }

 private:
  ShopRepository& shops_;
  MemberRepository& members_;
  PasswordHasher& passwords_;
  platform::IdSource& ids_;
  const platform::Clock& clock_;
};

}  // namespace redress::identity
