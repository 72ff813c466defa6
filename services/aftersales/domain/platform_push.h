#pragma once

// Reads what a platform, or a shop's sync with it, pushes: JSON bodies as they come. A body is one
// object, a list of them, the platform's answer around either (`{"refund_get_response": …}`), or a
// message with `topic` and `content`. Each object is judged by itself.

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/aftersales/domain/platform_fields.h"

namespace redress::aftersales {

inline constexpr std::size_t kMostPushed = 500;                       // objects of one call
inline constexpr std::size_t kLongestBody = std::size_t{256} * 1024;  // bytes

// A field that nothing of ours maps, or a value that no table of ours knows. Names and codes only:
// a value of an unmapped field may be somebody's, and is kept sealed with its object.
struct Unmapped {
  std::string field;
  std::string value;  // of a code that we do not know; empty for a field

  bool operator==(const Unmapped&) const = default;
};

struct PushedObject {
  std::size_t body = 0;  // in the call
  std::string key;       // that tells it from others: a refund's number, a rating's platform id
  bool by_shop = false;  // a rating that the shop gave: nothing of ours follows it
  PlatformFields fields;
  std::vector<Unmapped> unmapped;
};

struct BadPush {
  std::size_t body = 0;
  std::string key;      // where it could be read
  std::string field;    // empty for the body as a whole
  std::string problem;  // and the remedy
};

using PushedItem = std::variant<PushedObject, BadPush>;

// Merges what was pushed into what is known of the object. Answers what of the unmapped is new in
// this object: counting those counts objects, however often they are pushed.
std::vector<Unmapped> Absorb(const PushedObject& pushed, PlatformFields& known);

// Under which field name an unmapped thing is noted in its object.
std::string NoteOf(const Unmapped& unmapped);

}  // namespace redress::aftersales
