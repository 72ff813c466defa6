#include "services/desk/store/channel_store.h"

#include "services/desk/store/once.h"
#include "services/desk/store/sql.h"
#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::Result;
using platform::SubjectKind;

// A shop has one channel.
constexpr std::uint64_t kChannel = 1;

}  // namespace

HttpChannelSettings SqlHttpChannelRepository::ReadRow(Connection& db, ShopId shop, Result rows) {
  if (!rows.Next()) return {};
  HttpChannelSettings settings;
  settings.version = static_cast<std::uint32_t>(rows.Uint64(0));
  settings.url = rows.String(1);
  settings.secret =
      sealer_.Open(db, shop, SubjectKind::kMessageChannel, kChannel, rows.String(2)).value_or("");
  settings.updated_at = rows.Int64(3);
  return settings;
}

HttpChannelSettings SqlHttpChannelRepository::Find(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadRow(db, shop, db.Query(sql::kFindHttpChannel, {shop}));
  });
}

HttpChannelSettings SqlHttpChannelRepository::Set(const Write& write, const std::string& url,
                                                  std::uint32_t version,
                                                  const std::string& secret) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        const HttpChannelSettings known =
            ReadRow(db, write.shop, db.Query(sql::kLockHttpChannel, {write.shop}));
        if (known.version != version) throw platform::VersionConflict(version, known.version);
        const std::string sealed =
            sealer_.Seal(db, write.shop, SubjectKind::kMessageChannel, kChannel, secret);
        db.Execute(sql::kInsertHttpChannel, {write.shop, version + 1, url, sealed, write.now_us});
        return std::to_string(version + 1);
      },
      [&](Connection& db, const std::string& stored) {
        return ReadRow(db, write.shop,
                       db.Query(sql::kFindHttpChannelVersion, {write.shop, std::stoull(stored)}));
      });
}

}  // namespace redress::desk
