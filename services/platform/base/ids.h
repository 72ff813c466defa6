#pragma once

// Ids are distinct types over 64 bits, time-ordered, made by the service that owns the thing, and
// opaque decimal strings in the API. A shop's number is 32-bit, so that a key (shop, id) takes 12
// bytes in every index. 0 is no id.

#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "services/platform/base/clock.h"

namespace redress::platform {

template <class Tag>
struct StrongId {
  std::uint64_t value = 0;

  friend auto operator<=>(const StrongId&, const StrongId&) = default;
  explicit operator bool() const { return value != 0; }
};

struct ShopId {
  std::uint32_t value = 0;

  friend auto operator<=>(const ShopId&, const ShopId&) = default;
  explicit operator bool() const { return value != 0; }
};

using AccountId = StrongId<struct AccountTag>;
using SessionId = StrongId<struct SessionTag>;
using CustomerId = StrongId<struct CustomerTag>;
using TagId = StrongId<struct TagTag>;
using NoteId = StrongId<struct NoteTag>;
using OrderId = StrongId<struct OrderTag>;
using LineId = StrongId<struct LineTag>;
using ShipmentId = StrongId<struct ShipmentTag>;
using AdjustmentId = StrongId<struct AdjustmentTag>;
using ImportId = StrongId<struct ImportTag>;
using CaseId = StrongId<struct CaseTag>;
using TaskId = StrongId<struct TaskTag>;
using SettlementId = StrongId<struct SettlementTag>;
using EventId = StrongId<struct EventTag>;

namespace internal {
// Throws InvalidField unless text is the decimal digits of a number in 1…maximum.
std::uint64_t ParseIdNumber(std::string_view text, std::string_view field, std::uint64_t maximum);
}  // namespace internal

template <class Tag>
std::string ToString(StrongId<Tag> id) {
  return id ? std::to_string(id.value) : std::string();
}
inline std::string ToString(ShopId id) { return id ? std::to_string(id.value) : std::string(); }

// ParseId<CaseId>(request.case_id(), "case_id")
template <class Id>
Id ParseId(std::string_view text, std::string_view field) {
  using Number = decltype(Id::value);
  return Id{static_cast<Number>(
      internal::ParseIdNumber(text, field, static_cast<std::uint64_t>(static_cast<Number>(-1))))};
}

// As ParseId, but empty text is no id.
template <class Id>
Id ParseOptionalId(std::string_view text, std::string_view field) {
  return text.empty() ? Id{} : ParseId<Id>(text, field);
}

// Makes ids; every implementation may be used from several threads at once.
class IdSource {
 public:
  virtual ~IdSource() = default;
  virtual std::uint64_t Next() = 0;

  // CaseId id = ids.New<CaseId>();
  template <class Id>
  Id New() {
    return Id{Next()};
  }
};

// 42 bits of milliseconds since 2020-01-01T00:00:00Z, 10 bits of worker number, 12 bits of
// sequence. A clock that steps back, or more than 4096 ids in a millisecond, borrow from the time
// ahead of the clock: an id never repeats and never gets smaller. Two sources must not share a
// worker number (see worker_lease.h).
class TimeOrderedIds final : public IdSource {
 public:
  static constexpr std::int64_t kEpochUs = 1'577'836'800'000'000;
  static constexpr std::uint16_t kWorkers = 1024;

  TimeOrderedIds(const Clock& clock, std::uint16_t worker_number);
  std::uint64_t Next() override;

  // When the id was made, to the millisecond.
  static std::int64_t MadeAtUs(std::uint64_t id);

 private:
  const Clock& clock_;
  const std::uint64_t worker_bits_;
  std::atomic<std::uint64_t> last_{0};  // milliseconds << 12 | sequence
};

}  // namespace redress::platform

template <class Tag>
struct std::hash<redress::platform::StrongId<Tag>> {
  std::size_t operator()(redress::platform::StrongId<Tag> id) const noexcept {
    return std::hash<std::uint64_t>()(id.value);
  }
};
template <>
struct std::hash<redress::platform::ShopId> {
  std::size_t operator()(redress::platform::ShopId id) const noexcept {
    return std::hash<std::uint32_t>()(id.value);
  }
};
