#pragma once

// A parameter of a statement. It owns nothing: text stays with the caller until the call returns.
//
//   connection.Execute(kInsertTag, {shop, customer, "vip", optional_expiry, nullptr});

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/platform/base/ids.h"

namespace redress::platform {

using ValueAlternatives =
    std::variant<std::nullptr_t, std::int64_t, std::uint64_t, std::string_view>;

class Value : public ValueAlternatives {
 public:
  Value(std::nullptr_t = nullptr) {}
  Value(std::nullopt_t) {}
  template <std::signed_integral T>
  Value(T number) : ValueAlternatives(std::int64_t{number}) {}
  template <std::unsigned_integral T>
  Value(T number) : ValueAlternatives(std::uint64_t{number}) {}
  Value(const char* text) : ValueAlternatives(std::string_view(text)) {}
  // Text and bytes alike (VARCHAR, BINARY, BLOB).
  Value(std::string_view text) : ValueAlternatives(text) {}
  Value(const std::string& text) : ValueAlternatives(std::string_view(text)) {}
  template <std::size_t n>
  Value(const std::array<std::uint8_t, n>& bytes)
      : ValueAlternatives(std::string_view(reinterpret_cast<const char*>(bytes.data()), n)) {}
  template <class Tag>
  Value(StrongId<Tag> id) : ValueAlternatives(id.value) {}
  Value(ShopId shop) : ValueAlternatives(std::uint64_t{shop.value}) {}
  // An empty optional is NULL.
  template <class T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(nullptr)) {}

  const ValueAlternatives& alternatives() const { return *this; }
};

// NULL for an id that is none.
template <class Tag>
Value NullIfNone(StrongId<Tag> id) {
  return id ? Value(id) : Value(nullptr);
}

}  // namespace redress::platform
