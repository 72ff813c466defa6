#pragma once

// The bodies of one push: each is one object of the platform, a list of them, or the platform's
// answer around either. Every object is judged by itself.

#include <google/protobuf/repeated_field.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/order/domain/order_input.h"
#include "services/platform/json/json_fields.h"

namespace redress::order {

// What the objects of a push are, in words and names of the platform.
struct PushedKind {
  std::string_view one;   // "trade": what it is called, also as a member around it
  std::string_view many;  // "trades"
  const char* id;         // the member by which one is known
  std::size_t most;       // of one call
};

// Object: `body`, the number of its body in the call, and an optional `problem`. `read` fills one;
// a platform::FieldBroken that it throws becomes the problem.
template <class Object, class Read>
class PushedBodies {
 public:
  PushedBodies(const PushedKind& kind, Read read) : kind_(kind), read_(std::move(read)) {}

  std::vector<Object> ReadAll(const google::protobuf::RepeatedPtrField<std::string>& bodies) && {
    for (const std::string& body : bodies) {
      ReadBody(body);
      ++body_;
    }
    return std::move(objects_);
  }

 private:
  static constexpr std::size_t kLongestBody = std::size_t{512} * 1024;

  void ReadBody(const std::string& text) {
    const std::string one(kind_.one);
    if (text.size() > kLongestBody) {
      return Bad("", "is above 512 KiB; push fewer " + std::string(kind_.many) + " at once");
    }
    const std::size_t before = objects_.size();
    try {
      Unwrap(platform::ParseJson(text));
    } catch (const platform::JsonBroken& broken) {
      return Bad("",
                 std::string("is no JSON: ") + broken.what() + "; send the " + one + " as JSON");
    }
    if (objects_.size() == before) {
      Bad("", "holds no " + one + "; push the " + one + ", or a list of them");
    }
  }

  void Unwrap(const platform::JsonValue& value) {
    if (value.IsList()) {
      for (const platform::JsonValue& each : value.items) Unwrap(each);
      return;
    }
    const std::string one(kind_.one);
    if (!value.IsObject()) return Bad("", "is no object; push the platform's " + one + " as it is");
    if (value.Find(kind_.id) != nullptr) return Take(value);
    bool found = false;
    for (const auto& [name, inner] : value.members) {
      if (name != kind_.one && name != kind_.many && !name.ends_with("_response")) continue;
      found = true;
      Unwrap(inner);
    }
    if (!found) Bad(kind_.id, "is missing; name the platform's " + one);
  }

  void Take(const platform::JsonValue& value) {
    if (objects_.size() >= kind_.most) {
      return Bad("", "is beyond the " + std::to_string(kind_.most) + " " + std::string(kind_.many) +
                         " of one call; push it with the next");
    }
    Object& object = objects_.emplace_back();
    object.body = body_;
    try {
      read_(value, object);
    } catch (const platform::FieldBroken& broken) {
      object.problem = Problem{broken.field(), broken.what()};
    }
  }

  void Bad(const std::string& field, const std::string& problem) {
    objects_.push_back({body_, {}, Problem{field, problem}});
  }

  const PushedKind kind_;
  const Read read_;
  std::size_t body_ = 0;
  std::vector<Object> objects_;
};

}  // namespace redress::order
