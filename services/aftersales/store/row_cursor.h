#pragma once

// Reads the columns of a row one after another, in the order of the statement's column list.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <type_traits>

#include "services/platform/database/connection.h"

namespace redress::aftersales {

class RowCursor {
 public:
  explicit RowCursor(platform::Result& row, int first_column = 0)
      : row_(row), column_(first_column) {}

  template <class Number>
  void operator>>(Number& number)
    requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
  {
    number = static_cast<Number>(row_.Int64(column_++));
  }
  void operator>>(std::uint64_t& number) { number = row_.Uint64(column_++); }
  void operator>>(std::string& text) { text = row_.String(column_++); }
  template <class Tag>
  void operator>>(platform::StrongId<Tag>& id) {
    id.value = row_.Uint64(column_++);
  }
  void operator>>(platform::ShopId& shop) { shop = row_.Shop(column_++); }
  template <std::size_t size>
  void operator>>(std::array<std::uint8_t, size>& bytes) {
    const std::string text = row_.String(column_++);
    std::copy_n(text.begin(), std::min(size, text.size()), bytes.begin());
  }
  // 0 or "" for NULL.
  void Optional(std::int64_t& number) { number = row_.OptInt64(column_++).value_or(0); }
  void OptionalOr(std::int64_t& number, std::int64_t for_null) {
    number = row_.OptInt64(column_++).value_or(for_null);
  }
  void Optional(std::string& text) { text = row_.OptString(column_++).value_or(""); }

 private:
  platform::Result& row_;
  int column_;
};

// 0 and "" are stored as NULL in columns that may be empty.
inline platform::Value NullIfZero(std::int64_t number) {
  return number == 0 ? platform::Value(nullptr) : platform::Value(number);
}
inline platform::Value NullIfEmpty(const std::string& text) {
  return text.empty() ? platform::Value(nullptr) : platform::Value(text);
}
template <class Enum>
platform::Value Number(Enum value)
  requires std::is_enum_v<Enum>
{
  return platform::Value(static_cast<std::int64_t>(value));
}

}  // namespace redress::aftersales
