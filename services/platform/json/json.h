#pragma once

// JSON as others send it. Numbers keep the digits that were written, so that an id beyond 2^53
// stays the id it was; every value knows the text that it was read from.
//
//   const JsonValue body = ParseJson(text);
//   if (const JsonValue* id = body.Find("refund_id")) Store(id->text, id->written);
//
// Throws JsonBroken, which says where and what, for text that is not exactly one value, for more
// than 32 levels, for more than 50,000 values and for a member that stands twice in one object.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace redress::platform {

class JsonBroken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct JsonMember;

struct JsonValue {
  enum class Kind : std::uint8_t { kNull, kFlag, kNumber, kText, kList, kObject };

  Kind kind = Kind::kNull;
  bool flag = false;
  std::string text;  // of a text, decoded; of a number, its digits as written
  std::vector<JsonValue> items;
  std::vector<JsonMember> members;
  std::string_view written;  // the value's own piece of the parsed text, which must outlive it

  bool IsNull() const { return kind == Kind::kNull; }
  bool IsObject() const { return kind == Kind::kObject; }
  bool IsList() const { return kind == Kind::kList; }
  // nullptr where there is none, or the value is no object.
  const JsonValue* Find(std::string_view name) const;
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

JsonValue ParseJson(std::string_view text);

}  // namespace redress::platform
