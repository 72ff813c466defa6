#pragma once

// The platform's word on one rating that a buyer gave a line: the fields of its object, mapped to
// what review cases are about. Field names are the platform's.
//
// A later object shows only what the rating became. What it was is noted, one note for each change,
// so that a case ends the same whichever object was heard first.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/aftersales/domain/platform_fields.h"
#include "workflows/review/events.h"

namespace redress::aftersales {

struct Given {
  workflows::review::Rating rating = workflows::review::Rating::kGood;
  std::int32_t stars = 0;  // 0 where the platform has only words

  bool operator==(const Given&) const = default;
};

struct RatingWord {
  std::string key;  // the case's platform id: kReviewPrefix and the rating's number
  std::string order_number;
  std::string line_number;
  std::int64_t version = 0;     // milliseconds
  std::int64_t created_at = 0;  // when the buyer wrote it; 0 where none was said
  std::optional<Given> now;     // nothing where no object has said it
  std::optional<Given> first;   // the first that was bad or neutral
  std::optional<Given> best;    // the best that it became after that
  bool removed = false;
  std::string content;
  std::string reply;  // ours, in public; empty for none

  // What the case's rating is to become: the best that it ever was after it was bad, since that is
  // what ended the case; else what it is now.
  std::optional<Given> Target() const;
};

// Throws platform::FieldBroken for a value that its field cannot have.
RatingWord RatingWordOf(const PlatformFields& fields);

// What an object says was given; nothing where it does not say. Words (`result`: good, neutral,
// bad) or stars from 1 to 5 (`result`, `stars`, `score`, `review_score`).
std::optional<Given> GivenIn(const PlatformFields& fields);

std::string_view NameOf(workflows::review::Rating rating, bool removed);

// Notes of what was given, by version.
void NoteGiven(const Given& given, std::int64_t version, PlatformFields& fields);
// Forgets notes that tell no change: a sync repeats itself for years. Of the same said several
// times in a row the first and the last stay, since what is heard late may belong between them: the
// word is the same however the objects came together.
void ForgetRepeats(PlatformFields& fields);

bool IsKnownRatingField(std::string_view name);

}  // namespace redress::aftersales
