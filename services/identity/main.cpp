// redress-identity: shops, accounts, memberships, sessions, signing keys.
#include "services/identity/api/directory_api.h"
#include "services/identity/api/session_api.h"
#include "services/identity/api/shop_api.h"
#include "services/identity/api/upkeep.h"
#include "services/identity/config_keys.h"
#include "services/identity/migrations/migrations.gen.h"
#include "services/identity/store/directory_store.h"
#include "services/identity/store/log_in_failure_store.h"
#include "services/identity/store/member_store.h"
#include "services/identity/store/session_store.h"
#include "services/identity/store/shop_store.h"
#include "services/identity/store/signing_key_store.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/server/service_main.h"

namespace redress::identity {
namespace {

using platform::MasterKeys;
using platform::Parts;

void Build(Parts& parts) {
  auto& master = parts.Make<MasterKeys>(
      MasterKeys::Load(parts.config.Path("keys.directory") / "identity.key"));
  auto& directory_store = parts.Make<DirectoryStore>(parts.pool);
  auto& session_store = parts.Make<SessionStore>(parts.pool);
  auto& failure_store = parts.Make<LogInFailureStore>(parts.pool, parts.sealer);
  auto& shop_store = parts.Make<ShopStore>(parts.pool);
  auto& member_store = parts.Make<MemberStore>(parts.pool);
  auto& key_store = parts.Make<SigningKeyStore>(parts.pool, master, parts.clock);

  auto& passwords = parts.Make<PasswordHasher>(PasswordCostFrom(parts.config));
  auto& keys = parts.Make<SigningKeys>(KeyPolicyFrom(parts.config), key_store, parts.clock);
  auto& sessions = parts.Make<Sessions>(SessionOptionsFrom(parts.config), session_store,
                                        failure_store, passwords, keys, parts.ids, parts.clock);
  auto& shops = parts.Make<Shops>(shop_store, member_store, passwords, parts.ids, parts.clock);

  auto& feed = parts.Make<DirectoryFeed>(parts.directory, directory_store, keys);
  feed.RefreshKeys();
  feed.CatchUp();
  parts.Make<Upkeep>(feed, sessions, directory_store, parts.clock,
                     KeyPolicyFrom(parts.config).keep_us + platform::kHourUs);

  parts.AddService(std::make_unique<SessionApi>(parts.guard, sessions, feed, parts.metrics,
                                                LogInExecutorFrom(parts.config)));
  parts.AddService(std::make_unique<ShopApi>(parts.guard, shops, feed));
  parts.AddService(std::make_unique<DirectoryApi>(parts.guard, directory_store, keys));
}

}  // namespace
}  // namespace redress::identity

int main(int argc, char** argv) {
  using redress::identity::IdentityConfigKeys;
  return redress::platform::ServiceMain(argc, argv,
                                        {.name = "identity",
                                         .config_keys = IdentityConfigKeys(),
                                         .migrations = {redress::platform::PlatformMigrations(),
                                                        redress::identity::IdentityMigrations()},
                                         .build = redress::identity::Build,
                                         .polls_directory = false});
}
