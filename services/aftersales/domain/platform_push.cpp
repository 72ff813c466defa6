#include "services/aftersales/domain/platform_push.h"

#include <algorithm>

#include "services/aftersales/domain/platform_form.h"
#include "services/aftersales/domain/platform_rating.h"
#include "services/platform/json/json_fields.h"

namespace redress::aftersales {
namespace {

using platform::FieldBroken;
using platform::JsonValue;

constexpr std::size_t kLongestName = 64;

// Letters, digits and a few signs; more digits on end than a code has may be somebody's number.
bool IsPlainName(std::string_view name) {
  constexpr int kMostDigitsOnEnd = 4;
  int digits_on_end = 0;
  for (const char c : name) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!is_digit && !is_letter && c != '_' && c != '.' && c != '-') return false;
    digits_on_end = is_digit ? digits_on_end + 1 : 0;
    if (digits_on_end > kMostDigitsOnEnd) return false;
  }
  return !name.empty();
}

class BodyReader {
 public:
  BodyReader(const PlatformForm& form, std::size_t body, std::vector<PushedItem>& items)
      : form_(form), body_(body), items_(items) {}

  void Read(std::string_view text) {
    if (text.size() > kLongestBody) return Bad("", "is above 256 KiB; push fewer objects at once");
    try {
      const JsonValue whole = platform::ParseJson(text);
      const std::size_t before = items_.size();
      Unwrap(whole, {});
      if (items_.size() == before) Bad("", std::string(form_.nothing));
    } catch (const platform::JsonBroken& broken) {
      Bad("", std::string("is no JSON: ") + broken.what() + "; send the object as JSON");
    } catch (const FieldBroken& broken) {
      Bad(broken.field(), broken.what());
    }
  }

 private:
  void Unwrap(const JsonValue& value, std::string_view topic) {
    if (value.IsList()) {
      for (const JsonValue& item : value.items) Unwrap(item, topic);
      return;
    }
    if (!value.IsObject()) return Bad("", "is no object; push the platform's object as it is");
    if (form_.is_object(value)) return Take(value, topic);
    if (const JsonValue* content = value.Find("content")) return UnwrapMessage(value, *content);
    bool found = false;
    for (const auto& [name, inner] : value.members) {
      const bool is_wrapper =
          name == form_.wrappers[0] || name == form_.wrappers[1] || name.ends_with("_response");
      if (!is_wrapper) continue;
      found = true;
      Unwrap(inner, topic);
    }
    if (!found) Bad(std::string(form_.id_field), std::string(form_.no_id));
  }

  // The content is an object, or the text of one.
  void UnwrapMessage(const JsonValue& message, const JsonValue& content) {
    const JsonValue* named = message.Find("topic");
    const std::string topic =
        named == nullptr || named->IsNull() ? "" : platform::TextOf(*named, "topic");
    if (!form_.takes_topic(topic)) return Bad("topic", std::string(form_.other_topic));
    if (content.kind != JsonValue::Kind::kText) return Unwrap(content, topic);
    const JsonValue inner = platform::ParseJson(content.text);
    Unwrap(inner, topic);
  }

  void Take(const JsonValue& object, std::string_view topic) {
    if (items_.size() >= kMostPushed) {
      return Bad("", "is beyond the 500 objects of one call; push it with the next");
    }
    try {
      PushedObject pushed = form_.read(object, topic);
      pushed.body = body_;
      items_.emplace_back(std::move(pushed));
    } catch (const FieldBroken& broken) {
      Bad(broken.field(), broken.what(), KeyOf(object));
    }
  }

  std::string KeyOf(const JsonValue& object) const {
    try {
      return form_.key_of(object);
    } catch (const FieldBroken&) {
      return "";
    }
  }

  void Bad(const std::string& field, const std::string& problem, std::string key = "") {
    items_.emplace_back(BadPush{body_, std::move(key), field, problem});
  }

  const PlatformForm& form_;
  const std::size_t body_;
  std::vector<PushedItem>& items_;
};

}  // namespace

void TakeFields(const JsonValue& object, std::int64_t version, PushedObject& pushed) {
  if (object.members.size() > kMostPlatformFields / 4) {
    throw FieldBroken("", "has too many fields; send the platform's object as it is");
  }
  for (const auto& [name, value] : object.members) {
    if (value.IsNull()) continue;
    if (name.empty() || name.size() > kLongestName * 4 || IsNote(name)) {
      throw FieldBroken("",
                        "has a field whose name is empty, too long or begins with #; send the "
                        "platform's object as it is");
    }
    pushed.fields[name] = {version, std::string(value.written)};
  }
}

void Note(PlatformFields& fields, std::string_view note) {
  fields[std::string(note)] = {0, "true"};
}

void AddUnmapped(PushedObject& pushed, Unmapped unmapped) {
  Note(pushed.fields, NoteOf(unmapped));
  pushed.unmapped.push_back(std::move(unmapped));
}

std::string ShownName(std::string_view name) {
  if (!IsPlainName(name)) return "(not a plain name)";
  return std::string(name.substr(0, kLongestName));
}

std::vector<PushedItem> ReadPushes(const std::vector<std::string_view>& bodies,
                                   const PlatformForm& form) {
  std::vector<PushedItem> items;
  for (std::size_t i = 0; i < bodies.size(); ++i) BodyReader(form, i, items).Read(bodies[i]);
  return items;
}

std::vector<Unmapped> Absorb(const PushedObject& pushed, PlatformFields& known) {
  std::vector<Unmapped> news;
  for (const Unmapped& unmapped : pushed.unmapped) {
    const bool is_news = !known.contains(NoteOf(unmapped));
    const bool is_twice = std::find(news.begin(), news.end(), unmapped) != news.end();
    if (is_news && !is_twice) news.push_back(unmapped);
  }
  Merge(pushed.fields, known);
  ForgetRepeats(known);
  return news;
}

std::string NoteOf(const Unmapped& unmapped) {
  return std::string(kNoteUnknown) + unmapped.field + "=" + unmapped.value;
}

}  // namespace redress::aftersales
