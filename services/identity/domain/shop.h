// A shop and its settings. A setting holds from a moment on; what held before stays readable, so
// that figures of earlier days do not change.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "services/identity/domain/account.h"

namespace redress::identity {

struct Shop {
  ShopId id;
  std::string name;
  std::string time_zone;  // in force when it was read
  std::string currency_code;
  std::int64_t created_at = 0;
};

struct ShopSetting {
  std::string name;
  std::string value;
  std::int64_t effective_at = 0;
};

// What was asked; an absent moment means now.
struct SettingChange {
  std::string name;
  std::string value;
  std::optional<std::int64_t> effective_at;
  AccountId by;
};

// Every setting that a shop can have, sorted.
std::span<const std::string> KnownSettings();

// Refuses what is wrong whenever it is asked: an unknown name (naming the nearest known one), a
// value of the wrong form, and `currency_code`, which never changes, because amounts already
// stored have no other currency to turn into.
void CheckSettingForm(const SettingChange& change);

// The setting as it is to be stored; `zone_in_force` is the shop's time zone at the moment asked
// for. Refuses the past. A `time_zone` changes only at a coming midnight of the zone that it
// replaces, so that no finished day and no day under way gets another length.
ShopSetting DecideSetting(const SettingChange& change, std::string_view zone_in_force,
                          std::int64_t now_us);

}  // namespace redress::identity
