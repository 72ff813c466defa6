#pragma once

// How objects of one kind are read out of what a platform pushes. What all kinds share (wrappings,
// lists, messages, limits) is in platform_push.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/platform_push.h"
#include "services/platform/json/json.h"

namespace redress::aftersales {

struct PlatformForm {
  std::array<std::string_view, 2> wrappers;  // names under which the platform nests them
  std::string_view nothing;                  // a body without one, and the remedy
  std::string_view other_topic;              // a message that is about something else
  // Whether this is the object itself, and not something around it.
  bool (*is_object)(const platform::JsonValue& value);
  // The field that names the object, and the field that tells which it is.
  std::string_view id_field;
  std::string_view no_id;
  bool (*takes_topic)(std::string_view topic);
  // Throws platform::FieldBroken. `topic` is that of the message around it, or empty.
  PushedObject (*read)(const platform::JsonValue& object, std::string_view topic);
  // The same object's key; throws platform::FieldBroken.
  std::string (*key_of)(const platform::JsonValue& object);
};

const PlatformForm& RefundForm();
const PlatformForm& RatingForm();

// At most kMostPushed items; an object beyond them is a BadPush.
std::vector<PushedItem> ReadPushes(const std::vector<std::string_view>& bodies,
                                   const PlatformForm& form);

// Parts of a form's `read`.

// Takes the object's fields as they are, under `version`. Throws where it has too many, or one
// whose name could be taken for a note.
void TakeFields(const platform::JsonValue& object, std::int64_t version, PushedObject& pushed);
// Notes carry no version: they say that it was so once.
void Note(PlatformFields& fields, std::string_view note);
void AddUnmapped(PushedObject& pushed, Unmapped unmapped);
// A name or code that may be shown; what looks otherwise could be anything.
std::string ShownName(std::string_view name);

}  // namespace redress::aftersales
