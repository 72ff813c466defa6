#include "services/aftersales/domain/platform_rating.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

#include "services/aftersales/domain/case.h"
#include "services/aftersales/domain/platform_values.h"

namespace redress::aftersales {
namespace {

using platform::FieldBroken;
using platform::JsonValue;
using workflows::review::Rating;

constexpr std::size_t kLongestNumber = 64;
constexpr std::size_t kLongestKey = 50;
constexpr std::size_t kLongestText = 2000;
constexpr std::size_t kVersionDigits = 16;

// clang-format off
// Mapped, or understood and of no use to a case.
constexpr std::array<std::string_view, 26> kKnownFields{
    "review_id", "rating_id", "tid", "oid", "role", "nick", "rated_nick", "result", "stars",
    "score", "review_score", "created", "modified", "content", "reply", "append_content",
    "append_reply", "item_title", "item_price", "num_iid", "outer_id", "sku", "valid_score",
    "deleted", "is_deleted", "anony"};
// clang-format on

constexpr std::array<std::string_view, 3> kStarFields{"stars", "score", "review_score"};

// Letters, digits and a few signs: what a case's platform id may hold.
bool IsPlainNumber(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ':' ||
           c == '.' || c == '_' || c == '-';
  });
}

std::string NumberIn(const PlatformValues& values, std::string_view field) {
  std::string text = values.Text(field, kLongestNumber + 1);
  if (text.size() > kLongestNumber || !IsPlainNumber(text)) {
    throw FieldBroken(std::string(field),
                      "is no number: at most 64 letters, digits, and : . _ -; send it as it is");
  }
  return text;
}

std::string KeyOf(const PlatformValues& values) {
  for (const std::string_view field : {"review_id", "rating_id"}) {
    const std::string id = NumberIn(values, field);
    if (id.size() > kLongestKey) throw FieldBroken(std::string(field), "is above 50 characters");
    if (!id.empty()) return std::string(kReviewPrefix) + id;
  }
  const std::string order = NumberIn(values, "tid");
  if (order.empty()) {
    throw FieldBroken("tid", "is missing, and so is review_id; name the order, or the rating");
  }
  const std::string line = NumberIn(values, "oid");
  const std::string id = line.empty() || line == order ? order : order + "-" + line;
  if (id.size() > kLongestKey) {
    throw FieldBroken("review_id", "is missing, and tid and oid are too long to name the rating");
  }
  return std::string(kReviewPrefix) + id;
}

Given OfStars(std::int64_t stars, std::string_view field) {
  if (stars < 1 || stars > 5) {
    throw FieldBroken(std::string(field), "is no number of stars; send 1 to 5");
  }
  const Rating rating = stars >= 4 ? Rating::kGood : stars == 3 ? Rating::kNeutral : Rating::kBad;
  return {rating, static_cast<std::int32_t>(stars)};
}

Given OfResult(const JsonValue& value) {
  const std::string text = platform::TextOf(value, "result");
  if (text == "good") return {Rating::kGood, 0};
  if (text == "neutral") return {Rating::kNeutral, 0};
  if (text == "bad") return {Rating::kBad, 0};
  if (text.size() == 1 && text[0] >= '1' && text[0] <= '5') return OfStars(text[0] - '0', "result");
  throw FieldBroken("result", "is neither good, neutral or bad nor 1 to 5 stars; send one of them");
}

std::int64_t VersionOfField(const PlatformFields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? 0 : found->second.version;
}

std::string WrittenOf(const Given& given) {
  return std::to_string(static_cast<int>(given.rating) * 10 + given.stars);
}
Given GivenOf(const std::string& written) {
  const int number = std::stoi(written);
  return {static_cast<Rating>(number / 10), number % 10};
}

bool IsBetter(const Given& one, const Given& other) {
  return std::tie(one.rating, one.stars) > std::tie(other.rating, other.stars);
}

void ReadGiven(const PlatformFields& fields, RatingWord& word) {
  for (auto note = fields.lower_bound(kNoteGiven);
       note != fields.end() && note->first.starts_with(kNoteGiven); ++note) {
    const Given given = GivenOf(note->second.written);
    if (!word.first) {
      if (given.rating != Rating::kGood) word.first = given;
    } else if (!word.best || IsBetter(given, *word.best)) {
      word.best = given;
    }
  }
}

}  // namespace

std::optional<Given> RatingWord::Target() const {
  if (first && best && best->rating > first->rating) return best;
  return now;
}

std::optional<Given> GivenIn(const PlatformFields& fields) {
  const PlatformValues values(fields);
  std::optional<Given> given;
  std::int64_t version = -1;
  for (const std::string_view field : kStarFields) {
    const auto value = values.Find(field);
    if (!value || VersionOfField(fields, field) < version) continue;
    given = OfStars(platform::CountOf(*value, field), field);
    version = VersionOfField(fields, field);
  }
  // Words stand beside stars, and say less.
  const auto result = values.Find("result");
  if (!result) return given;
  const Given in_words = OfResult(*result);
  return VersionOfField(fields, "result") > version ? in_words : given;
}

RatingWord RatingWordOf(const PlatformFields& fields) {
  const PlatformValues values(fields);
  RatingWord word;
  word.key = KeyOf(values);
  word.order_number = NumberIn(values, "tid");
  word.line_number = NumberIn(values, "oid");
  if (word.line_number.empty()) word.line_number = word.order_number;
  word.version = VersionOf(fields);
  word.created_at = values.Time("created");
  word.now = GivenIn(fields);
  ReadGiven(fields, word);
  word.removed = values.IsNoted(kNoteRemoved);
  word.content = values.Text("content", kLongestText);
  word.reply = values.Text("reply", kLongestText);
  values.Time("modified");
  return word;
}

std::string_view NameOf(Rating rating, bool removed) {
  if (removed) return "removed";
  if (rating == Rating::kGood) return "good";
  return rating == Rating::kNeutral ? "neutral" : "bad";
}

void NoteGiven(const Given& given, std::int64_t version, PlatformFields& fields) {
  const std::string digits = std::to_string(version);
  std::string name(kNoteGiven);
  name.append(kVersionDigits - std::min(kVersionDigits, digits.size()), '0').append(digits);
  fields[name] = {version, WrittenOf(given)};
}

void ForgetRepeats(PlatformFields& fields) {
  std::string before;
  for (auto note = fields.lower_bound(kNoteGiven);
       note != fields.end() && note->first.starts_with(kNoteGiven);) {
    const auto next = std::next(note);
    const bool goes_on = next != fields.end() && next->first.starts_with(kNoteGiven) &&
                         next->second.written == note->second.written;
    if (goes_on && note->second.written == before) {
      note = fields.erase(note);
    } else {
      before = note->second.written;
      note = next;
    }
  }
}

bool IsKnownRatingField(std::string_view name) {
  return std::find(kKnownFields.begin(), kKnownFields.end(), name) != kKnownFields.end();
}

}  // namespace redress::aftersales
