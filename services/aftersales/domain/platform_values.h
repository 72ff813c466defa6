#pragma once

// Reads the fields of one platform's object; an absent, null or empty one is nothing.

#include <optional>
#include <string>
#include <string_view>

#include "services/aftersales/domain/platform_fields.h"
#include "services/platform/base/clock.h"
#include "services/platform/json/json_fields.h"

namespace redress::aftersales {

// Platforms write times without a zone.
inline constexpr std::int64_t kAheadOfUtcUs = 8 * platform::kHourUs;

class PlatformValues {
 public:
  explicit PlatformValues(const PlatformFields& fields) : fields_(fields) {}

  std::optional<platform::JsonValue> Find(std::string_view name) const {
    const auto found = fields_.find(name);
    if (found == fields_.end()) return std::nullopt;
    platform::JsonValue value = platform::ParseJson(found->second.written);
    const bool is_empty = value.kind == platform::JsonValue::Kind::kText && value.text.empty();
    if (value.IsNull() || is_empty) return std::nullopt;
    return value;
  }
  std::string Digits(std::string_view name) const {
    const auto value = Find(name);
    return value ? platform::DigitsOf(*value, name) : std::string();
  }
  std::string Text(std::string_view name, std::size_t most) const {
    const auto value = Find(name);
    return value ? platform::ShortTextOf(*value, name, most) : std::string();
  }
  std::int64_t Minor(std::string_view name) const {
    const auto value = Find(name);
    return value ? platform::MinorOf(*value, name) : 0;
  }
  std::int64_t Time(std::string_view name) const {
    const auto value = Find(name);
    return value ? platform::TimeOf(*value, name, kAheadOfUtcUs) : 0;
  }
  bool Flag(std::string_view name) const {
    const auto value = Find(name);
    return value && platform::FlagOf(*value, name);
  }
  bool IsNoted(std::string_view note) const {
    const auto found = fields_.find(note);
    return found != fields_.end() && found->second.written == "true";
  }

 private:
  const PlatformFields& fields_;
};

}  // namespace redress::aftersales
