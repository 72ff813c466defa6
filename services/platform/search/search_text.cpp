#include "services/platform/search/search_text.h"

#include <algorithm>

#include "services/platform/sealing/utf8.h"

namespace redress::platform {
namespace {

constexpr char32_t kSpace = U' ';

char32_t FoldOne(char32_t c) {
  const char32_t narrow = ToAsciiWidth(c);
  if (IsSpace(narrow)) return kSpace;
  return narrow >= U'A' && narrow <= U'Z' ? narrow - U'A' + U'a' : narrow;
}

// Folded one to one, so that places in it are places in the text.
std::u32string FoldEach(std::u32string text) {
  std::transform(text.begin(), text.end(), text.begin(), FoldOne);
  return text;
}

}  // namespace

std::u32string Fold(std::string_view text) {
  std::u32string folded;
  for (const char32_t c : DecodeUtf8(text)) {
    const char32_t one = FoldOne(c);
    if (one == 0) continue;
    if (one == kSpace && (folded.empty() || folded.back() == kSpace)) continue;
    folded.push_back(one);
  }
  if (!folded.empty() && folded.back() == kSpace) folded.pop_back();
  return folded;
}

std::vector<std::string> WindowsOf(std::u32string_view folded) {
  std::vector<std::string> windows;
  const std::size_t count = std::min(folded.size(), kMostWindows);
  windows.reserve(count);
  for (std::size_t at = 0; at < count; ++at) {
    windows.push_back(EncodeUtf8(folded.substr(at, kWindow)));
  }
  return windows;
}

WindowRange RangeOf(std::u32string_view part) {
  WindowRange range;
  range.low = EncodeUtf8(part.substr(0, kWindow));
  // No byte of UTF-8 is 0xFF, hence nothing that begins with the part lies behind.
  range.high = range.low + '\xFF';
  return range;
}

std::string FirstLaterWindow(std::u32string_view folded, std::u32string_view part) {
  std::string first;
  const std::size_t end = std::min(folded.size(), kMostWindows);
  for (std::size_t at = folded.find(part, 1); at < end; at = folded.find(part, at + 1)) {
    std::string window = EncodeUtf8(folded.substr(at, kWindow));
    if (first.empty() || window < first) first = std::move(window);
  }
  return first;
}

std::vector<std::string> BigramsOf(std::u32string_view folded) {
  std::vector<std::string> bigrams;
  for (std::size_t at = 0; at + 1 < folded.size(); ++at) {
    if (folded[at] == kSpace || folded[at + 1] == kSpace) continue;
    bigrams.push_back(EncodeUtf8(folded.substr(at, 2)));
  }
  std::sort(bigrams.begin(), bigrams.end());
  bigrams.erase(std::unique(bigrams.begin(), bigrams.end()), bigrams.end());
  return bigrams;
}

std::string WithoutOuterBlanks(std::string_view text) {
  const std::u32string characters = DecodeUtf8(text);
  std::u32string_view rest = characters;
  while (!rest.empty() && IsSpace(rest.front())) rest.remove_prefix(1);
  while (!rest.empty() && IsSpace(rest.back())) rest.remove_suffix(1);
  return EncodeUtf8(rest);
}

std::vector<std::u32string> WordsOf(std::u32string_view folded) {
  std::vector<std::u32string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(kSpace, at), folded.size());
    if (end > at) words.emplace_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool ContainsAll(std::u32string_view folded, const std::vector<std::u32string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::u32string& word) {
    return folded.find(word) != std::u32string_view::npos;
  });
}

std::string Excerpt(std::string_view text, const std::vector<std::u32string>& words,
                    std::size_t most) {
  const std::u32string characters = DecodeUtf8(text);
  const std::u32string folded = FoldEach(characters);
  std::size_t found = words.empty() ? std::u32string::npos : folded.find(words.front());
  if (found == std::u32string::npos) found = 0;
  const std::size_t before = std::min(found, most / 4);
  const std::size_t begin = found - before;
  return EncodeUtf8(std::u32string_view(characters).substr(begin, most));
}

std::array<std::uint64_t, kWordNumbers> NumbersOfWord(std::string_view word) {
  std::array<std::uint64_t, kWordNumbers> numbers{};
  for (std::size_t i = 0; i < std::min(word.size(), kWindowBytes); ++i) {
    const auto byte = static_cast<std::uint64_t>(static_cast<unsigned char>(word[i]));
    numbers[i / 8] |= byte << (8 * (i % 8));
  }
  return numbers;
}

std::string WordFromNumbers(std::span<const std::uint64_t> numbers) {
  std::string word;
  for (const std::uint64_t number : numbers) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      const char byte = static_cast<char>(number >> shift & 0xFF);
      if (byte == '\0') return word;
      word.push_back(byte);
    }
  }
  return word;
}

}  // namespace redress::platform
