#include "services/identity/store/shop_store.h"

#include <string_view>

#include "services/identity/store/account_rows.h"
#include "services/identity/store/answer.h"
#include "services/identity/store/counters.h"
#include "services/identity/store/directory_store.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::identity {
namespace {

using platform::Connection;
using platform::kClientOrigin;

constexpr std::string_view kInsertShop =
    "INSERT INTO shops (shop_id, shop_name, time_zone, currency_code, created_at) "
    "VALUES (?, ?, ?, ?, ?)";
constexpr std::string_view kInsertAdmin =
    "INSERT INTO memberships (shop_id, account_id, roles, version, created_at, updated_at) "
    "VALUES (?, ?, ?, 1, ?, ?)";
// The zone is that of the latest setting in force, else the one the shop began with.
constexpr std::string_view kSelectShop =
    "SELECT s.shop_id, s.shop_name, s.currency_code, s.created_at, COALESCE((SELECT "
    "t.setting_value FROM shop_settings t WHERE t.shop_id = s.shop_id AND t.setting_name = "
    "'time_zone' AND t.effective_at <= ? ORDER BY t.effective_at DESC LIMIT 1), s.time_zone) "
    "FROM shops s WHERE s.shop_id = ?";
constexpr std::string_view kLockShop = "SELECT shop_id FROM shops WHERE shop_id = ? FOR UPDATE";
constexpr std::string_view kUpsertSetting =
    "INSERT INTO shop_settings (shop_id, setting_name, effective_at, setting_value, set_by, "
    "set_at) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE setting_value = "
    "VALUES(setting_value), set_by = VALUES(set_by), set_at = VALUES(set_at)";
constexpr std::string_view kSelectSettings =
    "SELECT setting_name, setting_value, effective_at FROM shop_settings WHERE shop_id = ? AND "
    "(setting_name > ? OR (setting_name = ? AND effective_at > ?)) "
    "ORDER BY setting_name, effective_at LIMIT ?";

Shop ReadShop(Connection& connection, ShopId shop, std::int64_t at_us) {
  auto row = connection.Query(kSelectShop, {at_us, shop});
  if (!row.Next()) throw platform::NotFound("shop", ToString(shop));
  return {row.Shop(0), row.String(1), row.String(4), row.String(2), row.Int64(3)};
}

}  // namespace

CreatedShop ShopStore::Create(const WriteKey& key, const NewShop& shop) {
  return platform::Transact(pool_, [&](Connection& connection) {
    if (auto answer = FindAnswer(connection, key.shop, kClientOrigin, key.request_id, key.digest)) {
      return CreatedShopOf(*answer);
    }
    if (!InsertAccount(connection, shop.admin, key.now_us)) {
      throw platform::AlreadyExists("account", shop.admin.name);
    }
    CreatedShop created;
    created.shop = {ShopId{static_cast<std::uint32_t>(NextNumber(connection, kShopNumber))},
                    shop.name, shop.time_zone, shop.currency_code, key.now_us};
    created.admin = shop.admin.id;
    const ShopId id = created.shop.id;
    RoleSet admin;
    admin.Add(platform::Role::ROLE_ADMIN);
    connection.Execute(kInsertShop,
                       {id, shop.name, shop.time_zone, shop.currency_code, key.now_us});
    connection.Execute(kInsertAdmin, {id, created.admin, admin.bits(), key.now_us, key.now_us});
    RememberAnswer(connection, key.shop, kClientOrigin, key.request_id, key.digest,
                   ToAnswer(created), key.now_us);
    const DirectoryEntry entries[] = {DirectoryShop{id, shop.time_zone, shop.currency_code},
                                      DirectoryMembership{created.admin, id, admin, std::nullopt}};
    AppendToDirectory(connection, entries, key.now_us);
    return created;
  });
}

Shop ShopStore::Get(ShopId shop, std::int64_t now_us) {
  return platform::Read(pool_,
                        [&](Connection& connection) { return ReadShop(connection, shop, now_us); });
}

ShopSetting ShopStore::Set(const WriteKey& key, const SettingChange& change) {
  return platform::Transact(pool_, [&](Connection& connection) {
    if (auto answer = FindAnswer(connection, key.shop, kClientOrigin, key.request_id, key.digest)) {
      return SettingOf(*answer);
    }
    connection.Query(kLockShop, {key.shop});
    // The zone that a new one would replace is the one in force just before.
    const std::int64_t at = change.effective_at.value_or(key.now_us);
    const Shop shop = ReadShop(connection, key.shop, at - 1);
    ShopSetting setting = DecideSetting(change, shop.time_zone, key.now_us);
    connection.Execute(kUpsertSetting, {key.shop, setting.name, setting.effective_at, setting.value,
                                        change.by, key.now_us});
    RememberAnswer(connection, key.shop, kClientOrigin, key.request_id, key.digest,
                   ToAnswer(setting), key.now_us);
    AppendToDirectory(connection, DirectorySetting{key.shop, setting}, key.now_us);
    return setting;
  });
}

std::vector<ShopSetting> ShopStore::Settings(ShopId shop, const std::string& after_name,
                                             std::int64_t after_effective_at, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    auto rows = connection.Query(kSelectSettings,
                                 {shop, after_name, after_name, after_effective_at, limit});
    std::vector<ShopSetting> settings;
    while (rows.Next()) settings.push_back({rows.String(0), rows.String(1), rows.Int64(2)});
    return settings;
  });
}

}  // namespace redress::identity
