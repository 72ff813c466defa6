#include "services/identity/domain/shops.h"

#include <utility>

#include "services/platform/base/errors.h"
#include "services/platform/base/money.h"
#include "services/platform/base/text.h"

namespace redress::identity {
namespace {

constexpr std::size_t kShortestPassword = 12;

void CheckPassword(const std::string& password) {
  if (platform::Utf8Length(password).value_or(0) < kShortestPassword) {
    throw platform::InvalidField("password", "is too short: take at least 12 characters");
  }
}

}  // namespace

CreatedShop Shops::Create(WriteKey key, NewShop shop, const PersonDetails& admin) {
  if (!platform::MinorDigits(shop.currency_code)) {
    throw platform::InvalidField("currency_code", "is no ISO 4217 code; write one like CNY");
  }
  key.now_us = clock_.NowUs();
  shop.admin = {ids_.New<AccountId>(), admin.account_name, admin.display_name,
                passwords_.Hash(admin.password)};
  return shops_.Create(key, shop);
}

ShopSetting Shops::Set(WriteKey key, const SettingChange& change) {
  CheckSettingForm(change);
  key.now_us = clock_.NowUs();
  return shops_.Set(key, change);
}

Member Shops::CreateMember(WriteKey key, NewMember member, const PersonDetails& person) {
  key.now_us = clock_.NowUs();
  member.account = {ids_.New<AccountId>(), person.account_name, person.display_name, {}};
  member.account_details = !person.password.empty() || !person.display_name.empty();
  // Only a new account needs its password hashed; who is new is judged again in the transaction.
  if (!person.password.empty() && !members_.AccountExists(person.account_name)) {
    CheckPassword(person.password);
    member.account.password_hash = passwords_.Hash(person.password);
  }
  return members_.Create(key, member);
}

Member Shops::UpdateMember(WriteKey key, const MemberChange& change) {
  key.now_us = clock_.NowUs();
  return members_.Update(key, change);
}

}  // namespace redress::identity
