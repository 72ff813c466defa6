#include "services/identity/store/signing_key_store.h"

#include <optional>
#include <string_view>

#include "services/identity/store/counters.h"
#include "services/platform/database/transact.h"

namespace redress::identity {
namespace {

using platform::Connection;

constexpr std::string_view kSelectKeys =
    "SELECT key_id, public_key_pem, sealed_private_key, signs_from FROM signing_keys "
    "ORDER BY signs_from, key_id";
// What was inserted by a commit whose answer was lost is found again.
constexpr std::string_view kInsertKey =
    "INSERT IGNORE INTO signing_keys (key_id, public_key_pem, sealed_private_key, signs_from, "
    "created_at) VALUES (?, ?, ?, ?, ?)";
constexpr std::string_view kDeleteKey = "DELETE FROM signing_keys WHERE key_id = ?";

std::string ContextOf(const std::string& key_id) { return "signing key " + key_id; }

KeyPlan PlanOver(const std::vector<SigningKey>& keys,
                 const std::function<KeyPlan(std::span<const KeyDates>)>& plan) {
  std::vector<KeyDates> dates;
  dates.reserve(keys.size());
  for (const SigningKey& key : keys) dates.push_back({key.pair.key_id, key.signs_from});
  return plan(dates);
}

}  // namespace

std::vector<SigningKey> SigningKeyStore::ReadAll(Connection& connection) {
  auto rows = connection.Query(kSelectKeys);
  std::vector<SigningKey> keys;
  while (rows.Next()) {
    SigningKey key;
    key.pair.key_id = rows.String(0);
    key.pair.public_key_pem = rows.String(1);
    key.pair.private_key_pem = master_.Unwrap(ContextOf(key.pair.key_id), rows.String(2));
    key.signs_from = rows.Int64(3);
    keys.push_back(std::move(key));
  }
  return keys;
}

std::vector<SigningKey> SigningKeyStore::Rotate(
    const std::function<KeyPlan(std::span<const KeyDates>)>& plan,
    const std::function<platform::SigningKeyPair()>& make) {
  // Most of the time there is nothing to do, and then nobody is made to wait.
  auto keys = platform::Read(pool_, [&](Connection& connection) { return ReadAll(connection); });
  const KeyPlan wanted = PlanOver(keys, plan);
  if (!wanted.make_new && wanted.drop.empty()) return keys;

  std::optional<platform::SigningKeyPair> made;
  return platform::Transact(pool_, [&](Connection& connection) {
    NextNumber(connection, kKeyRotations);  // one process at a time
    const KeyPlan decided = PlanOver(ReadAll(connection), plan);
    if (decided.make_new) {
      if (!made) made = make();
      connection.Execute(kInsertKey, {made->key_id, made->public_key_pem,
                                      master_.Wrap(ContextOf(made->key_id), made->private_key_pem),
                                      decided.signs_from, clock_.NowUs()});
    }
    for (const std::string& key_id : decided.drop) connection.Execute(kDeleteKey, {key_id});
    return ReadAll(connection);
  });
}

}  // namespace redress::identity
