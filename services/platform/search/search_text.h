// Text as it is searched: folded, cut into the words that a narrow table keeps, and compared.
//
// A short text (a nick, a title) is kept as its windows: for each of its characters the text from
// there on, kWindow characters at most. A part of the text is then the beginning of a window, so
// that one range of a B-tree finds it, whatever its script, without visiting anything that does not
// match; a part that is longer than a window is verified on the text itself. README.md says why
// this and not a full-text index.
//
// A text that is sealed is kept as keyed hashes of its bigrams instead.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace redress::platform {

inline constexpr std::size_t kWindow = 6;         // characters
inline constexpr std::size_t kWindowBytes = 24;   // of UTF-8, at most
inline constexpr std::size_t kMostWindows = 100;  // of one text; what is behind is not found

// Letters in one case and width, runs of blanks as one space, none at the ends.
std::u32string Fold(std::string_view text);

// As UTF-8, in the order of the text: windows[0] is how it begins. Repeated ones are repeated.
std::vector<std::string> WindowsOf(std::u32string_view folded);

// Where the windows lie that begin with a part: low <= window < high, byte by byte.
struct WindowRange {
  std::string low;
  std::string high;
};
WindowRange RangeOf(std::u32string_view part);

// The smallest window, byte by byte, behind the first character, that begins with the part, as far
// as a window tells; empty when the part is only at the beginning or not in the text. A row of that
// window answers for all rows of the text.
std::string FirstLaterWindow(std::u32string_view folded, std::u32string_view part);

// Distinct, of two characters of one word each: blanks are in none.
std::vector<std::string> BigramsOf(std::u32string_view folded);

// For texts that are compared as they are.
std::string WithoutOuterBlanks(std::string_view text);

// What stands between blanks.
std::vector<std::u32string> WordsOf(std::u32string_view folded);

// Whether each of the words occurs in the text.
bool ContainsAll(std::u32string_view folded, const std::vector<std::u32string>& words);

// The text around where the first of the words occurs first, as written; `most` characters.
std::string Excerpt(std::string_view text, const std::vector<std::u32string>& words,
                    std::size_t most);

// A window as numbers, for page tokens. Zero bytes fill it up: no text has one.
inline constexpr std::size_t kWordNumbers = kWindowBytes / sizeof(std::uint64_t);
std::array<std::uint64_t, kWordNumbers> NumbersOfWord(std::string_view word);
std::string WordFromNumbers(std::span<const std::uint64_t> numbers);

}  // namespace redress::platform
