#include "services/platform/access/directory.h"

#include <chrono>

#include "services/platform/access/keys.h"
#include "services/platform/base/errors.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

using identity::v1::DirectoryChange;

// A session's tokens live ten minutes; an hour leaves room for any clock.
constexpr std::int64_t kSessionMemory_s = 3600;
constexpr std::int64_t kFetchPause_us = 1'000'000;

std::int64_t SteadyUs() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

void Directory::Apply(std::span<const DirectoryChange* const> changes) {
  std::unique_lock lock(mutex_);
  for (const auto* change : changes) {
    if (change->version() <= version_) continue;
    ApplyOne(*change);
    version_ = change->version();
  }
  ForgetOldSessions();
}

void Directory::Apply(const google::protobuf::RepeatedPtrField<DirectoryChange>& changes) {
  Apply(std::span<const DirectoryChange* const>(changes.data(),
                                                static_cast<std::size_t>(changes.size())));
}

void Directory::ApplyOne(const DirectoryChange& change) {
  switch (change.entry_case()) {
    case DirectoryChange::kMembership: {
      const auto& entry = change.membership();
      const Key key{entry.account_id(), entry.shop_id()};
      Membership membership{RoleSet::Of(entry.roles()), std::nullopt};
      if (entry.has_approval_limit_minor()) {
        membership.approval_limit_minor = entry.approval_limit_minor();
      }
      if (membership.roles.empty()) {
        memberships_.erase(key);
      } else {
        memberships_[key] = membership;
      }
      break;
    }
    case DirectoryChange::kShop: {
      const auto& entry = change.shop();
      if (!TimeZone::Exists(entry.time_zone())) {
        LogError("a shop has a time zone that this machine does not know",
                 {{"shop", entry.shop_id()}, {"time_zone", entry.time_zone()}});
        break;
      }
      shops_[entry.shop_id()] = {ShopId{entry.shop_id()}, entry.currency_code(),
                                 TimeZone::Load(entry.time_zone())};
      break;
    }
    case DirectoryChange::kSetting: {
      const auto& entry = change.setting();
      settings_[entry.shop_id()][entry.name()][entry.effective_at_us()] = entry.value();
      break;
    }
    case DirectoryChange::kEndedSession:
      ended_sessions_[change.ended_session().session_id()] = SteadyUs() / 1'000'000;
      break;
    case DirectoryChange::ENTRY_NOT_SET:
      LogWarning("a directory change is of a kind that this version does not know",
                 {{"version", change.version()}});
      break;
  }
}

void Directory::ForgetOldSessions() {
  const std::int64_t horizon_s = SteadyUs() / 1'000'000 - kSessionMemory_s;
  std::erase_if(ended_sessions_,
                [horizon_s](const auto& entry) { return entry.second < horizon_s; });
}

std::uint64_t Directory::version() const {
  std::shared_lock lock(mutex_);
  return version_;
}

void Directory::SetKeys(const google::protobuf::RepeatedPtrField<identity::v1::SigningKey>& keys) {
  std::map<std::string, PublicKey, std::less<>> parsed;
  for (const auto& key : keys) {
    if (auto handle = ParsePublicKey(key.public_key_pem())) {
      parsed[key.key_id()] = std::move(handle);
    } else {
      LogError("a signing key is no P-256 public key", {{"key_id", key.key_id()}});
    }
  }
  std::unique_lock lock(mutex_);
  keys_.swap(parsed);
}

ShopInfo Directory::Shop(ShopId shop) const {
  std::shared_lock lock(mutex_);
  const auto found = shops_.find(shop.value);
  if (found == shops_.end()) throw NotFound("shop", std::to_string(shop.value));
  return found->second;
}

std::vector<ShopId> Directory::Shops() const {
  std::shared_lock lock(mutex_);
  std::vector<ShopId> shops;
  shops.reserve(shops_.size());
  for (const auto& [shop, info] : shops_) shops.push_back(ShopId{shop});
  return shops;
}

std::optional<Membership> Directory::Find(AccountId account, ShopId shop) const {
  std::shared_lock lock(mutex_);
  const auto found = memberships_.find({account.value, shop.value});
  if (found == memberships_.end()) return std::nullopt;
  return found->second;
}

bool Directory::SessionEnded(std::uint64_t session) const {
  std::shared_lock lock(mutex_);
  return ended_sessions_.contains(session);
}

std::string Directory::Setting(ShopId shop, std::string_view name, std::int64_t at_us) const {
  std::shared_lock lock(mutex_);
  const auto of_shop = settings_.find(shop.value);
  if (of_shop == settings_.end()) return "";
  const auto timeline = of_shop->second.find(name);
  if (timeline == of_shop->second.end()) return "";
  const auto after = timeline->second.upper_bound(at_us);
  return after == timeline->second.begin() ? "" : std::prev(after)->second;
}

std::shared_ptr<const TimeZone> Directory::TimeZoneAt(ShopId shop, std::int64_t at_us) const {
  const std::string name = Setting(shop, "time_zone", at_us);
  if (!name.empty() && TimeZone::Exists(name)) return TimeZone::Load(name);
  return Shop(shop).zone;
}

Directory::PublicKey Directory::FindKey(std::string_view key_id) const {
  std::shared_lock lock(mutex_);
  const auto found = keys_.find(key_id);
  return found == keys_.end() ? nullptr : found->second;
}

void Directory::OnUnknownKey(std::function<void()> fetch) {
  std::lock_guard lock(fetch_mutex_);
  fetch_ = std::move(fetch);
}

bool Directory::FetchKeys() {
  // Held while fetching: whoever comes meanwhile waits for this answer instead of asking again.
  std::lock_guard lock(fetch_mutex_);
  const std::int64_t now_us = SteadyUs();
  if (!fetch_ || now_us - last_fetch_us_ < kFetchPause_us) return false;
  fetch_();
  last_fetch_us_ = SteadyUs();
  return true;
}

}  // namespace redress::platform
