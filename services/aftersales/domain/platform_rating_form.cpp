#include "services/aftersales/domain/platform_form.h"
#include "services/aftersales/domain/platform_rating.h"
#include "services/aftersales/domain/platform_values.h"

namespace redress::aftersales {
namespace {

using platform::FieldBroken;
using platform::JsonValue;

// Names are counted apart from those of refunds.
constexpr std::string_view kOfRatings = "rating.";

bool HasValue(const JsonValue& object, std::string_view field) {
  const JsonValue* value = object.Find(field);
  return value != nullptr && !value->IsNull() &&
         !(value->kind == JsonValue::Kind::kText && value->text.empty());
}

bool IsRating(const JsonValue& value) {
  return value.Find("tid") != nullptr || value.Find("review_id") != nullptr ||
         value.Find("rating_id") != nullptr;
}

bool TakesTopic(std::string_view topic) {
  return topic.find("Rate") != std::string_view::npos ||
         topic.find("Review") != std::string_view::npos;
}

std::int64_t VersionIn(const JsonValue& object) {
  for (const std::string_view field : {"modified", "created"}) {
    if (!HasValue(object, field)) continue;
    return platform::TimeOf(*object.Find(field), field, kAheadOfUtcUs) / platform::kMillisecondUs;
  }
  throw FieldBroken("modified",
                    "is missing, and so is created; send one of them, so that the "
                    "newer object is known");
}

bool IsRemoved(const PlatformFields& fields, std::string_view topic) {
  const PlatformValues values(fields);
  return values.Flag("deleted") || values.Flag("is_deleted") || topic.ends_with("Deleted") ||
         topic.ends_with("Removed");
}

std::string KeyIn(const JsonValue& object) {
  PushedObject only_ids;
  for (const std::string_view field : {"review_id", "rating_id", "tid", "oid"}) {
    const JsonValue* value = object.Find(field);
    if (value == nullptr || value->IsNull()) continue;
    only_ids.fields[std::string(field)] = {0, std::string(value->written)};
  }
  return RatingWordOf(only_ids.fields).key;
}

PushedObject ReadRating(const JsonValue& object, std::string_view topic) {
  PushedObject pushed;
  const std::int64_t version = VersionIn(object);
  TakeFields(object, version, pushed);
  // An object that leaves the time out does not take back what an earlier one said.
  if (!HasValue(object, "created")) pushed.fields.erase("created");
  for (const auto& [name, value] : object.members) {
    if (!value.IsNull() && !IsKnownRatingField(name)) {
      AddUnmapped(pushed, {std::string(kOfRatings) + ShownName(name), {}});
    }
  }
  // What the shop gave the buyer is no case's matter.
  pushed.by_shop = PlatformValues(pushed.fields).Text("role", 16) == "seller";
  if (const auto given = GivenIn(pushed.fields)) NoteGiven(*given, version, pushed.fields);
  if (IsRemoved(pushed.fields, topic)) Note(pushed.fields, kNoteRemoved);
  // Throws for values that their fields cannot have.
  pushed.key = RatingWordOf(pushed.fields).key;
  return pushed;
}

}  // namespace

const PlatformForm& RatingForm() {
  static const PlatformForm form{
      .wrappers = {"trade_rate", "trade_rates"},
      .nothing = "holds no rating object; push the object, or a list",
      .other_topic = "is none of a rating's messages; push those of ratings here",
      .is_object = IsRating,
      .id_field = "tid",
      .no_id = "is missing, and so is review_id; name the order, or the rating",
      .takes_topic = TakesTopic,
      .read = ReadRating,
      .key_of = KeyIn};
  return form;
}

}  // namespace redress::aftersales
