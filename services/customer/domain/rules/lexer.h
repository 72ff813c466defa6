#pragma once

// Words of a condition, each with where it stands.

#include <string>
#include <string_view>
#include <vector>

#include "services/platform/base/errors.h"

namespace redress::customer::rules {

struct Word {
  enum class Kind { kName, kNumber, kDate, kText, kSign, kEnd };

  Kind kind = Kind::kEnd;
  std::string text;          // of a text: what stands between the quotes
  std::size_t position = 0;  // characters before it, plus one
};

// What is told of a condition that cannot be read. `found` may be empty.
platform::Refusal Unreadable(std::string_view field, std::size_t position, std::string_view found,
                             std::string_view expected);

// How a word is named in an answer: `"size:L"`, `and`, the end.
std::string Shown(const Word& word);

// The words and the end. Throws Unreadable for a text that is too long or not closed, and for
// signs that mean nothing.
std::vector<Word> SplitWords(std::string_view text, std::string_view field);

}  // namespace redress::customer::rules
