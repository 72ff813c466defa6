#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "redress/identity/v1/directory_service.pb.h"
#include "services/platform/access/role_set.h"
#include "services/platform/base/ids.h"
#include "services/platform/time_zone/time_zone.h"

struct evp_pkey_st;

namespace redress::platform {

struct Membership {
  RoleSet roles = {};
  std::optional<std::int64_t> approval_limit_minor = {};  // absent: no limit
};

struct ShopInfo {
  ShopId id = {};
  std::string currency = {};                  // ISO 4217
  std::shared_ptr<const TimeZone> zone = {};  // of now; days of the past: TimeZoneAt
};

// What a service knows of keys, shops, memberships and ended sessions: a copy in memory of
// identity's directory. It is fed with changes, by a DirectoryPoller in most services and by
// identity's own database in identity; what it knows stays until changed, so an outage of identity
// stops nobody. Safe from every thread; reads take a shared lock for a look-up only.
class Directory {
 public:
  using PublicKey = std::shared_ptr<evp_pkey_st>;

  // Said by who fills it from elsewhere: until the first whole copy is here, nobody can be judged,
  // since a membership or the end of a session may just not have arrived.
  void ExpectFirstCopy() { first_copy_ = false; }
  void TookFirstCopy() { first_copy_ = true; }
  bool HasFirstCopy() const { return first_copy_; }

  // Takes over changes, oldest first; a change no newer than version() is known already and left
  // out. An entry that cannot be used (an unknown time zone) is logged and left out.
  void Apply(std::span<const identity::v1::DirectoryChange* const> changes);
  void Apply(const google::protobuf::RepeatedPtrField<identity::v1::DirectoryChange>& changes);
  // The last change taken over; 0 before the first.
  std::uint64_t version() const;
  // Replaces the signing keys. A key that is no P-256 public key is logged and left out.
  void SetKeys(const google::protobuf::RepeatedPtrField<identity::v1::SigningKey>& keys);

  // Throws Refusal kNotFound for an unknown shop.
  ShopInfo Shop(ShopId shop) const;
  std::vector<ShopId> Shops() const;
  // nullopt: no membership (never had, or ended).
  std::optional<Membership> Find(AccountId account, ShopId shop) const;
  bool SessionEnded(std::uint64_t session) const;
  // The setting's value in force at that moment; "" when it was never set by then.
  std::string Setting(ShopId shop, std::string_view name, std::int64_t at_us) const;
  // The zone in force at that moment (setting `time_zone`, else the shop's own).
  std::shared_ptr<const TimeZone> TimeZoneAt(ShopId shop, std::int64_t at_us) const;
  // Null for an unknown key id.
  PublicKey FindKey(std::string_view key_id) const;

  // How to ask for the keys at once, when a token names one that is not here (a fresh rotation).
  // Called from calls' threads, may block for a short while; at most once a second.
  void OnUnknownKey(std::function<void()> fetch);
  // Runs that, unless it ran within the last second. Returns whether it ran.
  bool FetchKeys();

 private:
  struct Key {
    std::uint64_t account;
    std::uint32_t shop;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::uint64_t>()(key.account * 0x9E3779B97F4A7C15ULL ^ key.shop);
    }
  };
  using Timeline = std::map<std::int64_t, std::string>;  // effective_at_us → value

  void ApplyOne(const identity::v1::DirectoryChange& change);
  void ForgetOldSessions();

  std::atomic<bool> first_copy_ = true;
  mutable std::shared_mutex mutex_;
  std::uint64_t version_ = 0;
  std::unordered_map<Key, Membership, KeyHash> memberships_;
  std::unordered_map<std::uint32_t, ShopInfo> shops_;
  std::unordered_map<std::uint32_t, std::map<std::string, Timeline, std::less<>>> settings_;
  std::unordered_map<std::uint64_t, std::int64_t> ended_sessions_;  // → steady seconds when heard
  std::map<std::string, PublicKey, std::less<>> keys_;

  std::mutex fetch_mutex_;
  std::function<void()> fetch_;
  std::int64_t last_fetch_us_ = -1'000'000;
};

}  // namespace redress::platform
